// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Shell scripts: whether a text is one, and what in it does harm.
enum ShellSigns {
  // MARK: Harm

  private static let harmful: [String] = [
    "/dev/tcp/", "/dev/udp/", "nc -e", "nc -c", "ncat -e", "ncat -c", "bash -i", "rm -rf ~", "rm -rf $HOME",
    "rm -rf \"$HOME", "rm -fr ~", "mkfifo", "base64 -d", "base64 --decode", "base64 -D", "openssl enc -d",
    "crontab -",
    "authorized_keys", ">> ~/.bashrc", ">>~/.bashrc", ">> $HOME/.bashrc", "chmod 777 /", "chmod +s",
    "chmod u+s",
    "/etc/passwd", "/etc/shadow", "/etc/sudoers", "/etc/cron", "/etc/ld.so.preload", ":(){", "of=/dev/sd",
    "mkfs.",
    "python -c", "python3 -c", "perl -e", "ruby -e", "php -r", "eval \"$(", "eval $(", "eval `", "xxd -r",
    "LD_PRELOAD=",
    "~/.ssh/id_", "$HOME/.ssh/id_", ".aws/credentials", "169.254.169.254", "xmrig", "stratum+tcp", "insmod ",
    "useradd ",
    "iptables -F", "history -c", "unset HISTFILE", "HISTFILE=/dev/null", "setenforce 0", "socat ", "telnet ",
    "--upload-file", "sh -i",
  ]

  private static let search = WordSearch(harmful)

  /// What is harmful in a script, or nil.
  static func harm(in text: String) -> String? {
    if let found = search.first(in: text) { return harmful[found.word] }
    if let pipe = pipeToShell(in: text) { return pipe }
    for removal in ["rm -rf /", "rm -fr /", "rm -r /"] {
      for range in text.holds(removal) ? text.ranges(of: removal) : [] {
        let name = text[range.upperBound...].prefix {
          !$0.isWhitespace && $0 != "/" && $0 != ";" && $0 != "\""
        }
        if ["", "*", "home", "etc", "usr", "var", "root", "boot", "opt", "bin", "lib", "dev", "mnt", "srv"]
          .contains(name)
        {
          return removal
        }
      }
    }
    let fetches = text.holds("curl ") || text.holds("wget ")
    if fetches, text.holds("chmod +x") || text.holds("chmod 755") || text.holds("chmod 777") {
      return "chmod +x"
    }
    if text.holds("curl "),
      let sign = [" -d @", " --data @", " --data-binary @", " -F ", " -T "].first(where: { text.holds($0) }
      )
    {
      return "curl" + sign
    }
    if fetches, text.holds("nohup ") { return "nohup" }
    return nil
  }

  /// `curl … | sh`
  static func pipeToShell(in text: String) -> String? {
    for pipe in text.indices where text[pipe] == "|" {
      var rest = text[text.index(after: pipe)...].drop { $0 == " " || $0 == "\\" || $0 == "\t" }
      for prefix in ["sudo ", "/bin/", "/usr/bin/", "env ", "-E "] where rest.hasPrefix(prefix) {
        rest = rest.dropFirst(prefix.count)
      }
      let name = rest.prefix { $0.isLetter || $0.isNumber }
      if ["sh", "bash", "zsh", "dash", "ksh", "ash", "python", "python3", "perl", "ruby", "node", "php"]
        .contains(name)
      {
        let line = text[..<pipe].suffix(256).split(whereSeparator: \.isNewline).last ?? ""
        if [
          "curl", "wget", "base64", "fetch", "echo", "cat", "nc ", "openssl", "printf", "xxd", "gunzip",
          "zcat",
        ].contains(
          where: { line.holds($0) })
        {
          return "| \(name)"
        }
      }
    }
    return nil
  }

  // MARK: Is it one?

  /// Whether nearly every line of a text is a command of a shell.
  static func isShell(_ text: String) -> Bool {
    var commands = 0
    var others = 0
    var isContinued = false
    var functions: Set<Substring> = []
    for line in text.split(whereSeparator: \.isNewline).prefix(2048) {
      let bare = line.drop { $0 == " " || $0 == "\t" }
      if bare.isEmpty || bare.first == "#" { continue }
      defer { isContinued = bare.last == "\\" || bare.hasSuffix("|") || bare.hasSuffix("&&") }
      if isContinued { continue }
      if let brackets = bare.firstRange(of: "()"), bare.hasSuffix("{") {
        functions.insert(bare[..<brackets.lowerBound].trimming)
      }
      switch functions.contains(bare.prefix { $0 != " " }) ? .command : kind(of: bare) {
      case .command: commands += 1
      case .neutral: break
      case .other: others += 1
      }
      if others > 16, others > commands { return false }
    }
    return commands > 0 && others * 4 <= commands
  }

  private enum Line { case command, neutral, other }

  private static func kind(of line: Substring) -> Line {
    var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
    while let word = words.first,
      ["sudo", "then", "do", "else", "!", "{", "(", "time", "exec"].contains(word), words.count > 1
    {
      words.removeFirst()
    }
    guard let first = words.first else { return .neutral }
    if ["fi", "done", "else", "esac", "}", "then", "do", ";;", "{", ")", "fi;", "done;"].contains(first) {
      return .neutral
    }
    if isAssignment(first) { return words.count > 1 && line.contains("$(") ? .command : .neutral }
    if first == "export", words.count > 1, isAssignment(words[1]) { return .neutral }
    if first == "set", words.count > 1, words[1].first == "-" { return .command }
    if ["if", "while", "until", "elif"].contains(first), words.count > 1,
      ["[", "[[", "!", "test", "(("].contains(words[1]) || line.hasSuffix("then") || line.hasSuffix("do")
    {
      return .command
    }
    if first == "for", words.count > 2, words[2] == "in" || line.contains("((") {
      return line.contains("do") || line.contains(";") ? .command : .other
    }
    if first.hasSuffix("()") || first == "function" && line.hasSuffix("{") { return .command }
    let name = first.split(separator: "/").last.map(String.init) ?? String(first)
    // A list of files has lines like these, too.
    if first.hasPrefix("./") || first.hasPrefix("/") || first.hasPrefix("~/") {
      return words.count > 1 && words[1].first == "-" ? .command : .neutral
    }
    guard programs.contains(name), words.count > 1 else {
      return words.count == 1 && ["pwd", "exit", "ls", "whoami", "id", "env", "wait"].contains(name)
        ? .neutral : .other
    }
    return plainly.contains(name) || isArgument(words[1], line) ? .command : .other
  }

  private static func isAssignment(_ word: Substring) -> Bool {
    guard let equals = word.firstIndex(of: "="), equals > word.startIndex else { return false }
    return word[..<equals].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  /// Whether what follows a word makes a command of it: words of English follow a `find` or a `make`, too.
  private static func isArgument(_ word: Substring, _ line: Substring) -> Bool {
    if word.first == "-" && word.count > 1 || word.first == "$" || word.first == "/" || word.first == "~"
      || word.hasPrefix("./") || word.contains("://") || word.hasPrefix("\"$")
    {
      return true
    }
    if ["apt", "apt-get", "pip", "pip3", "yum", "dnf", "npm", "conda", "systemctl", "brew", "apk"].contains(
      line.prefix { $0 != " " })
    {
      return [
        "install", "update", "upgrade", "remove", "start", "enable", "restart", "activate", "create", "i",
        "run", "add",
      ]
      .contains(word)
    }
    return ["| ", "&& ", "> ", ">> ", "; ", "$(", "2>", "`", "http://", "https://"].contains {
      line.contains($0)
    }
      || [
        "cd", "export", "chmod", "chown", "mkdir", "rm", "curl", "wget", "bash", "sh", "python", "python3",
        "git", "docker", "tar", "unzip", "cp", "mv", "ln", "source", "nc", "ssh", "scp", "rsync", "crontab",
        "nohup", "alias",
      ].contains(
        line.prefix { $0 != " " })
        && (word.contains("/") || word.contains(".") || word.contains("_") || word.contains("="))
  }

  /// What is no word of a sentence.
  private static let plainly: Set<String> = [
    "cd", "curl", "wget", "mkdir", "chmod", "chown", "apt-get", "rm", "cp", "mv", "unzip", "scp", "rsync",
    "nohup", "xargs",
    "sed", "awk", "grep", "python3", "pip3", "bash", "zsh", "systemctl", "crontab", "mkfifo", "useradd",
    "iptables",
  ]

  private static let programs: Set<String> = [
    "curl", "wget", "rm", "cd", "export", "set", "source", ".", "bash", "sh", "zsh", "nc", "ncat", "netcat",
    "chmod",
    "chown", "mkdir", "cp", "mv", "ln", "tar", "unzip", "apt", "apt-get", "yum", "dnf", "apk", "brew", "pip",
    "pip3",
    "python", "python3", "conda", "git", "docker", "echo", "cat", "eval", "exec", "nohup", "kill", "pkill",
    "crontab",
    "base64", "openssl", "ssh", "scp", "rsync", "systemctl", "service", "su", "dd", "mkfifo", "touch", "find",
    "xargs",
    "sed", "awk", "grep", "tee", "printf", "sleep", "test", "trap", "wait", "ulimit", "iptables", "useradd",
    "usermod",
    "passwd", "perl", "ruby", "node", "php", "npm", "npx", "make", "cmake", "gcc", "g++", "dpkg", "mount",
    "umount",
    "read", "alias", "unset", "declare", "local", "return", "exit", "ls", "head", "tail", "sort", "gunzip",
    "gzip",
    "socat", "telnet", "env", "whoami", "uname", "ps", "killall", "[", "[[", "huggingface-cli", "hf",
    "aria2c",
    "torchrun", "accelerate", "deepspeed", "sbatch", "srun", "module",
  ]
}
