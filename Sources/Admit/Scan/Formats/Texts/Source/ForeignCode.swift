// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Source code of languages other than Python and shells: a text whose first line of content is a statement, and that has
/// words of that language in it.
enum ForeignCode {
  static func find(in text: String) -> (what: String, isHarm: Bool)? {
    let first = text.split(whereSeparator: \.isNewline).lazy.map { $0.drop(while: \.isWhitespace) }
      .first { line in
        guard !line.isEmpty else { return false }
        if line.first == "#" { return directives.contains { line.hasPrefix($0) } }
        return !["//", "/*", "*", "--", "rem ", "REM ", "'", "<!--"].contains { line.hasPrefix($0) }
      }
    guard let first else { return nil }
    return language(of: text, beginningWith: first)
      ?? (isStatements(text) ? ("source code with statements like those of C", false) : nil)
  }

  private static func language(of text: String, beginningWith first: Substring) -> (
    what: String, isHarm: Bool
  )? {
    let lower = first.lowercased()
    if first.hasPrefix("<") {
      // Documentation begins with marks, too.
      guard lower.hasPrefix("<?php") || lower.hasPrefix("<script") || !hasSentence(text) else { return nil }
    } else if !first.contains(" <- "), !openings.contains(where: { lower.hasPrefix($0) }) {
      return nil
    }
    return signs.first { text.holds($0.sign) }.map { ($0.what, $0.isHarm) }
  }

  /// Whether most lines are statements as C, JavaScript, Java, Perl and PHP write them: ended by a semicolon or a brace, and
  /// with a call, an assignment or a word of such a language in them. Style sheets, bibliographies and settings have
  /// semicolons and braces, too.
  private static func isStatements(_ text: String) -> Bool {
    var statements = 0
    var others = 0
    for line in text.split(whereSeparator: \.isNewline).prefix(2048) {
      let bare = line.trimming
      guard !bare.isEmpty, !["//", "/*", "*", "#", "}", ")", "<!--"].contains(where: { bare.hasPrefix($0) })
      else { continue }
      if bare.hasPrefix("syntax = \"proto") { return false }
      if isStatement(bare) { statements += 1 } else { others += 1 }
      if others > 64, others > statements * 2 { return false }
    }
    return statements >= 5 && statements >= others
  }

  private static func isStatement(_ line: Substring) -> Bool {
    guard let last = line.utf8.last, last == UInt8(ascii: ";") || last == UInt8(ascii: "{") else {
      return false
    }
    // `color: red;`
    let word = line.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    if line[word.endIndex...].drop(while: { $0 == " " }).first == ":", word != "default" { return false }
    if keywords.contains(String(word)) { return true }
    return line.holds(" = ") || line.holds("=>") || line.holds("->") || (line.holds("(") && line.holds(")"))
  }

  private static let keywords: Set<String> = [
    "return", "const", "let", "var", "import", "export", "function", "if", "for", "while", "else", "switch",
    "throw",
    "my", "our", "use", "sub", "int", "void", "char", "double", "float", "static", "public", "private",
    "protected",
    "package", "struct", "typedef", "namespace", "using", "delete", "new", "do", "try",
  ]

  private static let directives = ["#include", "#define", "#pragma", "#if", "#using", "#region"]

  private static let signs: [(sign: String, what: String, isHarm: Bool)] = [
    ("system($_", "a PHP script that runs commands", true),
    ("shell_exec(", "a PHP script that runs commands", true),
    ("passthru(", "a PHP script that runs commands", true),
    ("proc_open(", "a PHP script that runs commands", true),
    ("<?php", "a PHP script", false),
    ("child_process", "JavaScript that starts processes", true),
    ("ActiveXObject", "a script of Windows that makes objects", true),
    ("WScript.Shell", "a Windows script", true),
    ("CreateObject(", "a Windows script that makes objects", true),
    ("Shell.Application", "a Windows script", true),
    ("IEX (New-Object", "a PowerShell script that downloads code", true),
    ("DownloadString(", "a PowerShell script that downloads code", true),
    ("DownloadFile(", "a PowerShell script that downloads files", true),
    ("FromBase64String", "a PowerShell script that decodes code", true),
    ("powershell -enc", "an encoded PowerShell command", true),
    ("powershell -e ", "an encoded PowerShell command", true),
    ("Invoke-Expression", "a PowerShell script", true),
    ("Start-Process", "a PowerShell script that starts processes", true),
    ("Add-MpPreference", "a PowerShell script that disarms a scanner", true),
    ("Invoke-WebRequest", "a PowerShell script", false),
    ("Set-ExecutionPolicy", "a PowerShell script", false),
    ("Get-ChildItem", "a PowerShell script", false), ("Write-Host", "a PowerShell script", false),
    ("@echo off", "a batch script", false), ("@ECHO OFF", "a batch script", false),
    ("%~dp0", "a batch script", false),
    ("io.popen(", "a Lua script that starts processes", true),
    ("os.execute(", "a Lua script that starts processes", true),
    ("Runtime.getRuntime().exec", "Java that starts processes", true),
    ("ProcessBuilder", "Java that starts processes", true),
    ("do shell script", "AppleScript that runs commands", true),
    ("system(\"", "a script that runs commands", true), ("system('", "a script that runs commands", true),
    ("exec.Command(", "Go that starts processes", true),
    ("process::Command", "Rust that starts processes", true),
    ("Process.Start(", "C# that starts processes", true), ("IO.popen", "Ruby that starts processes", true),
    ("Kernel.exec", "Ruby that starts processes", true), ("Open3.", "Ruby that starts processes", true),
    ("<script", "HTML with a script", false), ("require('fs')", "JavaScript", false),
    ("require(\"fs\")", "JavaScript", false), ("module.exports", "JavaScript", false),
    ("document.write(", "JavaScript", false), ("document.cookie", "JavaScript", false),
    ("javascript:", "a link that runs JavaScript", false), ("XMLHttpRequest", "JavaScript", false),
    ("addEventListener(", "JavaScript", false), ("console.log(", "JavaScript", false),
    ("fetch(", "JavaScript", false),
    ("eval(atob", "a script that runs text", true), ("eval(function", "a script that runs text", true),
    ("#include <", "C or C++", false),
    ("#include \"", "C or C++", false),
    ("__global__", "CUDA", false), ("public static void main", "Java", false), ("func main()", "Go", false),
    ("fn main()", "Rust", false), ("using System;", "C#", false),
  ]

  private static let openings: [String] = [
    "const ", "var ", "let ", "local ", "function", "import ", "public ", "package ", "using ", "$", "@echo",
    "set ",
    "iex", "powershell", "\"use strict\"", "'use strict'", "module.", "require(", "(function", "async ",
    "dim ",
    "os.execute", "io.popen", "invoke-", "start-process", "class ", "system(", "require ", "createobject",
    "wscript",
    "#include", "#define", "#pragma", "#if", "fn ", "use ", "exec(", "puts ", "tell application", "on run",
    "param(",
    "sub ", "option explicit", "new-object", "add-type", "[system.", "[net.", "set-", "get-", "fetch(",
    "console.",
    "window.", "document.", "eval(", "new ", "export ", "static ", "void ", "int main", "namespace ",
    "typedef ",
    "template<", "template <", "__global__", "extern ", "(async", "!function", "; ", "process.", "io.",
    "kernel.", "`",
    "cmd ", "start ", "mshta", "rundll32", "regsvr32", "certutil", "bitsadmin", "reg add", "schtasks",
    "(new-object",
    "open3.", "load ", "open(", "exec ",
  ]

  /// A line with six words of a language that people speak.
  private static func hasSentence(_ text: String) -> Bool {
    text.split(whereSeparator: \.isNewline).prefix(512).contains { line in
      let words = line.split(separator: " ")
      return words.count >= 6
        && words.allSatisfy { word in
          word.allSatisfy { $0.isLetter || $0.isNumber || ".,'-:;()!?\"".contains($0) }
        }
    }
  }
}
