// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// What a script that names its own interpreter does, and other code that is no Python.
enum ShellSigns {
  private static let harmful: [String] = [
    "| sh", "|sh", "| bash", "|bash", "/dev/tcp/", "nc -e", "ncat -e", "rm -rf /", "rm -rf ~", "rm -rf $HOME",
    "mkfifo",
    "base64 -d", "base64 --decode", "crontab", "authorized_keys", ".bashrc", "chmod +x", "chmod 777", "curl ",
    "wget ",
    "/etc/passwd", "/etc/shadow", ":(){", "dd if=", "python -c", "python3 -c", "perl -e", "eval ", "sudo ",
    "nohup ",
  ]

  /// What is harmful in a script, or nil.
  static func harm(in text: String) -> String? { harmful.first { text.contains($0) } }

  private static let foreign: [(sign: String, what: String, isHarm: Bool)] = [
    ("system($_", "a PHP script that runs commands", true),
    ("shell_exec(", "a PHP script that runs commands", true),
    ("passthru(", "a PHP script that runs commands", true), ("<?php", "a PHP script", false),
    ("child_process", "JavaScript that starts processes", true),
    ("IEX (New-Object", "a PowerShell script that downloads code", true),
    ("powershell -enc", "an encoded PowerShell command", true), ("@echo off", "a batch script", false),
    ("Invoke-Expression", "a PowerShell script", true),
    ("io.popen(", "a Lua script that starts processes", true),
    ("os.execute(", "a Lua script that starts processes", true), ("<script", "HTML with a script", false),
    ("require('fs')", "JavaScript", false), ("require(\"fs\")", "JavaScript", false),
    ("WScript.Shell", "a Windows script", true),
    ("module.exports", "JavaScript", false),
    ("Runtime.getRuntime().exec", "Java that starts processes", true),
    ("document.write(", "JavaScript", false), ("javascript:", "a link that runs JavaScript", false),
  ]

  private static let openings: [String] = [
    "const ", "var ", "let ", "local ", "function", "import ", "public ", "package ", "using ", "$", "@echo",
    "set ",
    "iex", "powershell", "<?php", "\"use strict\"", "'use strict'", "module.", "require(", "(function",
    "async ", "dim ",
    "os.execute", "io.popen", "invoke-", "start-process", "class ", "system(", "require ",
  ]

  /// Code of other languages: HTML, or a text whose first line of content is a statement.
  static func code(in text: String) -> (what: String, isHarm: Bool)? {
    let first = text.split(whereSeparator: \.isNewline).lazy.map { $0.drop(while: \.isWhitespace) }
      .first { line in
        !line.isEmpty && !["//", "/*", "*", "--", "#", "rem ", "REM "].contains { line.hasPrefix($0) }
      }
    guard let first else { return nil }
    let lower = first.lowercased()
    guard first.hasPrefix("<") || openings.contains(where: { lower.hasPrefix($0) }) else { return nil }
    return foreign.first { text.contains($0.sign) }.map { ($0.what, $0.isHarm) }
  }
}
