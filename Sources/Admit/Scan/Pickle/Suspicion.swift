// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Tells an attack among the calls of things that nobody listed: by what is known of the callee, by its name, and
/// by what it gets. It never makes anything safe, and only ever speaks of calls that are unproved already.
enum Suspicion {
  /// Why a call looks like an attack, or nil.
  /// - Parameter texts: constants among the arguments, at most a few hundred bytes of each.
  static func of(_ module: String, _ name: String, texts: [String], arguments: Int) -> String? {
    if arguments > 0, EffectfulCalls.contains(module, name) {
      return "it reaches code, processes, files or connections with what it gets"
    }
    if takesAnyText.contains(String(module.prefix { $0 != "." })) { return nil }
    let last = name.split(separator: ".").last.map(String.init) ?? name
    let isFunction = last.first.map { $0.isLowercase || $0 == "_" } ?? false
    if !texts.isEmpty, isFunction, let word = telling(last) {
      return "its name says '\(word)' and it gets text"
    }
    for text in texts {
      if let sign = sign(in: text, of: strong) { return "an argument holds '\(sign)'" }
      guard isFunction else { continue }
      if let sign = sign(in: text, of: weak) { return "an argument holds '\(sign)'" }
      if isPlace(text) { return "an argument is a place outside of the file" }
    }
    return nil
  }

  /// Packages whose functions ordinary pickles call with a pattern or with the path of a time zone.
  private static let takesAnyText: Set<String> = [
    "re", "sre_compile", "regex", "_regex", "dateutil", "pytz", "tzlocal",
  ]

  /// A word of a function's name that says what it does.
  private static func telling(_ name: String) -> String? {
    var words: [String] = []
    var word = ""
    for character in name {
      if character == "_" || character.isUppercase {
        if !word.isEmpty { words.append(word) }
        word = character == "_" ? "" : character.lowercased()
      } else {
        word.append(character)
      }
    }
    words.append(word)
    return words.first { telltales.contains($0) }
  }

  private static let telltales: Set<String> = [
    "system", "popen", "exec", "execfile", "execute", "eval", "evaluate", "spawn", "spawnv", "shell",
    "subprocess",
    "getoutput", "urlopen", "urlretrieve", "download", "wget", "curl", "rmtree", "unlink", "runcode",
    "runsource",
    "runstring", "startfile", "fork", "command", "cmd", "bash", "powershell", "dlopen", "rpc", "ssh", "sudo",
    "execv", "execve", "rmdir", "chmod", "chown", "upload", "exfiltrate", "backdoor", "payload", "pwn",
    "exploit",
  ]

  private static func sign(in text: String, of signs: [String]) -> String? {
    let lowered = text.lowercased()
    return signs.first { lowered.contains($0) }
  }

  /// What only stands in code or commands.
  private static let strong = [
    "__import__(", "os.system", "os.popen", "subprocess.", "import os", "import subprocess", "import socket",
    "import sys", "import pty", "import urllib", "import requests", "from os import", "/bin/sh", "/bin/bash",
    "/bin/zsh", "bash -c", "bash -i", "sh -c", "sh -i", "cmd.exe", "cmd /c", "powershell -", "powershell.exe",
    "curl http", "curl -", "wget http", "wget -", "| sh", "|sh", "| bash", "|bash", "/dev/tcp/", "nc -e",
    "ncat ",
    "exec(", "eval(", "__builtins__", "__globals__", "__subclasses__", "base64 -d", "python -c", "python3 -c",
    "rm -rf", "calc.exe", "/etc/passwd", "/etc/shadow", "/.ssh/", "id_rsa", "169.254.169.254", "xp_cmdshell",
    "socket.socket", "getattr(", "mkfifo ", "chmod +x", "chmod 777", "certutil", "mshta", "regsvr32",
    "rundll32",
  ]

  /// What stands in ordinary text too, but not in what a pickler gives a function.
  private static let weak = [
    "import ", "exec ", "lambda ", "lambda:", "print(", "open(", "compile(", "system(", "whoami", "uname -",
    "echo ", "touch ", "cat /", "ls -", "; ", "&& ", "$(", "`", "> /", ">/", "sleep ", "kill -", "ping ",
    "nslookup ",
    "nc ", "ncat", "perl -e", "ruby -e", "php -r", "xterm", "gnome-calculator", "pwned", "hacked", "rm -",
    "mkdir ",
    "cp /", "mv /", "<script", "{{", "{%", "../", "..\\", ":\\", "raise ",
  ]

  /// An address or a path that stands alone.
  private static func isPlace(_ text: String) -> Bool {
    if text.contains(where: \.isWhitespace) { return false }
    for scheme in [
      "http://", "https://", "ftp://", "file://", "s3://", "gs://", "hf://", "ssh://", "tcp://", "ws://",
      "smb://",
    ]
    where text.lowercased().hasPrefix(scheme) { return true }
    if text.hasPrefix("~/") || text.hasPrefix("./") { return true }
    for root in [
      "/etc/", "/tmp/", "/var/", "/home/", "/root/", "/proc/", "/dev/", "/usr/", "/bin/", "/opt/", "/sys/",
      "/run/",
    ]
    where text.hasPrefix(root) { return true }
    let known = [
      ".py", ".so", ".dll", ".dylib", ".pkl", ".pickle", ".sh", ".exe", ".bat", ".ps1", ".pth", ".joblib",
    ]
    return text.utf8.count < 256 && known.contains { text.hasSuffix($0) }
  }
}
