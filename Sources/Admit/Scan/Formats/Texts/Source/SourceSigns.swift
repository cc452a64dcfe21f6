// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Tells whether a text is Python that would run, and what running it does. It is Python when Python's lexer and a
/// rough grammar take every line, and some line does something before one stops it with a name that nobody has defined:
/// a list of words is not, a sentence is not, a configuration is not.
struct SourceSigns {
  struct Effect: Sendable {
    let what: String
    let construct: String
    let offset: Int
  }

  private(set) var isPython = false
  /// What does harm when it is imported, or made to be called.
  private(set) var harm: [Effect] = []
  private(set) var imports: [String] = []
  /// Where it first does something.
  private(set) var offset = 0

  private var known: Set<String> = []
  private var aliases: [String: String] = [:]
  private var isOpen = false
  /// Indents of the functions that the line is in.
  private var functions: [Int] = []
  private var strings: [String] = []

  /// - Parameter isStrict: every line must be Python, as in a document that shows code.
  init(_ bytes: Bytes, isStrict: Bool = false) {
    var lexer = PythonLexer(bytes.slice(0..<min(bytes.count, Limits.sourceText)))
    var active = 0
    var broken = 0
    var dead = false
    while let line = lexer.next() {
      while let last = functions.last, line.indent <= last { functions.removeLast() }
      switch classify(line) {
      case .impossible: broken += 1
      case .dead: if line.indent == 0 { dead = true }
      case .inert: break
      case .active:
        if !dead {
          if active == 0 { offset = line.offset }
          active += 1
        }
      }
      if broken > 64, broken > active * 4 { break }
    }
    isPython = active > 0 && (broken == 0 || (!isStrict && active >= 5 && broken * 8 <= active))
    if !isPython { harm = [] }
  }

  private enum Line { case impossible, dead, inert, active }

  private static let keywords: Set<String> = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass",
    "raise",
    "return", "try", "while", "with", "yield", "None", "True", "False",
  ]
  private static let blocks: Set<String> = [
    "if", "for", "def", "class", "while", "with", "try", "except", "else", "elif", "finally", "async",
    "match", "case",
  ]
  private static let values: Set<String> = ["None", "True", "False"]
  private static let builtins: Set<String> = [
    "print", "len", "open", "exec", "eval", "range", "getattr", "setattr", "globals", "locals", "vars",
    "list", "dict",
    "set", "tuple", "map", "filter", "__import__", "compile", "input", "__builtins__", "type", "object",
    "str", "bytes",
    "int", "any", "all", "sum", "sorted", "zip", "enumerate", "breakpoint", "exit", "quit", "help", "super",
    "isinstance",
    "memoryview", "bytearray", "delattr", "next", "iter", "reversed", "max", "min", "abs", "__builtin__",
    "__loader__",
  ]

  private mutating func classify(_ line: PythonLine) -> Line {
    guard !line.isBroken, let first = line.tokens.first, let last = line.tokens.last else {
      return .impossible
    }
    guard isPlausible(line, first, last) else { return .impossible }
    let word = first.kind == .name ? first.text : ""
    learn(line)
    effects(of: line)
    switch word {
    case "import", "from": return line.tokens.count >= 2 ? .active : .impossible
    case "def", "class", "async": return .active
    default: break
    }
    if first.text == "@", first.kind == .sign { return .active }
    // Only words and values: nothing happens unless something that exists is called.
    var calls = false
    var unknownCall = false
    for index in line.tokens.indices.dropFirst()
    where line.tokens[index].kind == .sign && line.tokens[index].text == "(" {
      var root = index - 1
      guard line.tokens[root].kind == .name, !Self.keywords.contains(line.tokens[root].text) else { continue }
      while root >= 2, line.tokens[root - 1].text == ".", line.tokens[root - 2].kind == .name { root -= 2 }
      let isMember = root > 0 && line.tokens[root - 1].kind == .sign && line.tokens[root - 1].text == "."
      let name = line.tokens[root].text
      if isMember || isOpen || known.contains(name) || Self.builtins.contains(name) {
        calls = true
      } else {
        unknownCall = true
      }
    }
    if functions.isEmpty, !isOpen {
      if unknownCall, !calls { return .dead }
      if first.kind == .name, !Self.keywords.contains(word), !known.contains(word),
        !Self.builtins.contains(word)
      {
        // An assignment defines the name; anything else needs it.
        return .dead
      }
    }
    return calls ? .active : .inert
  }

  private func isPlausible(_ line: PythonLine, _ first: PythonLine.Token, _ last: PythonLine.Token) -> Bool {
    let tokens = line.tokens
    if first.kind == .sign, !["(", "[", "{", "-", "+", "~", "*", "@", "."].contains(first.text) {
      return false
    }
    if first.text == ".", !(tokens.count >= 3 && tokens.prefix(3).allSatisfy { $0.text == "." }) {
      return false
    }
    if first.kind == .sign, first.text == "-" || first.text == "*" || first.text == "+" { return false }
    if last.kind == .sign, ![")", "]", "}", ",", ";", ":"].contains(last.text),
      !(last.text == "." && tokens.suffix(3).allSatisfy { $0.text == "." }),
      !(last.text == "*" && first.text == "from")
    {
      return false
    }
    if last.text == ":", last.kind == .sign, !Self.blocks.contains(first.text) { return false }
    if last.kind == .name, Self.keywords.contains(last.text), !Self.values.contains(last.text),
      !["pass", "break", "continue", "return", "raise", "yield"].contains(last.text)
    {
      return false
    }
    if first.text == "from", first.kind == .name,
      !tokens.contains(where: { $0.text == "import" && $0.kind == .name })
    {
      return false
    }
    if first.text == "import" {
      guard tokens.count >= 2,
        tokens.dropFirst().allSatisfy({
          $0.kind == .name || [".", ",", ";", "(", ")", "="].contains($0.text)
            || tokens.contains { $0.text == ";" }
        })
      else { return false }
    }
    if first.text == "def" || first.text == "class" {
      guard tokens.count >= 3, tokens[1].kind == .name,
        tokens[2].text == "(" || tokens[2].text == ":" || tokens[2].text == "[",
        tokens.contains(where: { $0.text == ":" && $0.kind == .sign })
      else { return false }
    }
    let soft = ["match", "case", "type", "print", "exec"].contains(first.text)
    for index in 1..<max(1, tokens.count)
    where isOperand(tokens[index - 1], closing: true) && isOperand(tokens[index], closing: false) {
      if index == 1, soft { continue }
      if tokens[index - 1].kind == .text, tokens[index].kind == .text { continue }
      return false
    }
    return true
  }

  private func isOperand(_ token: PythonLine.Token, closing: Bool) -> Bool {
    switch token.kind {
    case .number, .text: true
    case .name: !Self.keywords.contains(token.text) || Self.values.contains(token.text)
    case .sign: closing && (token.text == ")" || token.text == "]" || token.text == "}")
    }
  }

  // MARK: Names

  private mutating func learn(_ line: PythonLine) {
    for statement in line.tokens.split(whereSeparator: { $0.kind == .sign && $0.text == ";" }) {
      learn(Array(statement), line)
    }
  }

  private mutating func learn(_ tokens: [PythonLine.Token], _ line: PythonLine) {
    guard let first = tokens.first, first.kind == .name else { return }
    switch first.text {
    case "import":
      for part in tokens.dropFirst().split(whereSeparator: { $0.text == "," }) {
        let words = part.split { $0.text == "as" && $0.kind == .name }
        guard let module = words.first else { continue }
        let name = module.map(\.text).joined()
        add(name)
        if words.count > 1, let alias = words[1].first {
          aliases[alias.text] = name
          known.insert(alias.text)
        } else if let root = module.first {
          known.insert(root.text)
        }
      }
    case "from":
      guard let split = tokens.firstIndex(where: { $0.text == "import" && $0.kind == .name }) else { return }
      let module = tokens[1..<split].map(\.text).joined()
      add(module)
      for part in tokens[(split + 1)...].split(whereSeparator: { $0.kind == .sign && ",()".contains($0.text) }
      ) {
        guard let name = part.first else { continue }
        if name.text == "*" { isOpen = true }
        let alias = part.count >= 3 ? part[part.startIndex + 2].text : name.text
        aliases[alias] = module + "." + name.text
        known.insert(alias)
      }
    case "def", "class":
      if tokens.count > 1 { known.insert(tokens[1].text) }
      if first.text == "def" { functions.append(line.indent) }
    case "async":
      if tokens.count > 2, tokens[1].text == "def" {
        known.insert(tokens[2].text)
        functions.append(line.indent)
      }
    case "if":
      // What stands under this does not run when the file is imported.
      if tokens.count > 1, tokens[1].text == "__name__" { functions.append(line.indent) }
    case "for", "with", "except", "try", "while":
      for token in tokens where token.kind == .name { known.insert(token.text) }
    default:
      guard let equals = tokens.firstIndex(where: { $0.kind == .sign && ["=", ":"].contains($0.text) }) else {
        return
      }
      for token in tokens[..<equals] where token.kind == .name { known.insert(token.text) }
      // `run = os.system`
      let value = tokens[(equals + 1)...]
      if equals == 1, tokens[equals].text == "=", value.allSatisfy({ $0.kind == .name || $0.text == "." }),
        value.count <= 9
      {
        aliases[first.text] = resolved(value.map(\.text).joined())
      }
    }
  }

  private mutating func add(_ module: String) {
    if imports.count < 64, !imports.contains(module) { imports.append(module) }
  }

  private func resolved(_ name: String) -> String {
    let root = name.prefix { $0 != "." }
    guard let alias = aliases[String(root)] else { return name }
    return alias + name.dropFirst(root.count)
  }

  // MARK: Effects

  private mutating func effects(of line: PythonLine) {
    guard harm.count < 16 else { return }
    // To import is not yet to call; what follows on the same line may call.
    let isImport =
      ["import", "from"].contains(line.tokens.first?.text ?? "") && !line.tokens.contains { $0.text == ";" }
    if isImport { return }
    let tokens = line.tokens
    var index = 0
    while index < tokens.count {
      guard tokens[index].kind == .name, !Self.keywords.contains(tokens[index].text),
        index == 0 || tokens[index - 1].text != "." || tokens[index - 1].kind != .sign
      else {
        index += 1
        continue
      }
      if index > 0, tokens[index - 1].kind == .name, ["def", "class"].contains(tokens[index - 1].text) {
        index += 1
        continue
      }
      var name = tokens[index].text
      var end = index + 1
      while end + 1 < tokens.count, tokens[end].text == ".", tokens[end].kind == .sign,
        tokens[end + 1].kind == .name
      {
        name += "." + tokens[end + 1].text
        end += 2
      }
      let isCalled = end < tokens.count && tokens[end].text == "(" && tokens[end].kind == .sign
      let full = resolved(name)
      // A decorator and an argument are called by others.
      if isCalled || Self.always.contains(full) { judge(full, line, from: index) }
      index = end
    }
  }

  private mutating func judge(_ name: String, _ line: PythonLine, from index: Int) {
    let parts = name.split(separator: ".")
    let root = parts.first.map(String.init) ?? name
    var effect: String?
    if Self.always.contains(name) || name.hasPrefix("os.exec") || name.hasPrefix("os.spawn") {
      effect = "runs a command or code"
    } else if functions.isEmpty, Self.modules.contains(root) || Self.calls.contains(name) {
      effect = "runs a command, opens a connection, loads code or changes files as soon as it is imported"
    } else if root == "subprocess" || name == "asyncio.create_subprocess_shell" {
      let words = [
        "shell", "sh", "bash", "curl", "wget", "nc", "powershell", "cmd", "/bin/sh", "/bin/bash", "python",
        "id", "whoami",
      ]
      let isShell = line.tokens.contains { token in
        token.kind != .sign
          && words.contains {
            token.text == $0 || token.text.hasPrefix($0 + " ") || token.text.contains("| " + $0)
          }
      }
      if isShell { effect = "runs a command" }
    } else if root == "socket", name == "socket.socket" || name == "socket.create_connection" {
      effect = "opens a connection"
    }
    if name == "getattr" || name == "setattr", index + 2 < line.tokens.count,
      line.tokens[index + 2].kind == .name,
      ["os", "subprocess", "builtins", "posix", "sys", "__builtins__", "importlib", "ctypes"].contains(
        resolved(line.tokens[index + 2].text))
    {
      effect = "reaches for a function by a computed name"
    }
    guard let effect else { return }
    let text = line.tokens[index...].prefix(24).map { $0.kind == .text ? "'\($0.text.prefix(60))'" : $0.text }
      .joined()
    harm.append(.init(what: "\(name) \(effect)", construct: String(text.prefix(160)), offset: line.offset))
  }

  /// Harmful wherever it is called.
  private static let always: Set<String> = [
    "os.system", "os.popen", "os.posix_spawn", "os.posix_spawnp", "os.fork", "pty.spawn", "exec", "eval",
    "builtins.exec",
    "builtins.eval", "marshal.loads", "commands.getoutput", "runpy.run_path", "runpy.run_module",
    "posix.system", "nt.system",
    "__builtins__.eval", "__builtins__.exec", "code.interact", "ctypes.CDLL", "types.FunctionType",
    "types.CodeType",
    "platform.popen", "subprocess.getoutput", "subprocess.getstatusoutput",
  ]
  /// Modules of which every call at import is harmful.
  private static let modules: Set<String> = [
    "subprocess", "socket", "pty", "ctypes", "marshal", "runpy", "telnetlib", "ftplib", "smtplib", "paramiko",
    "commands",
    "posix", "nt", "winreg", "_winreg", "webbrowser", "dill", "cloudpickle",
  ]
  private static let calls: Set<String> = [
    "__import__", "importlib.import_module", "urllib.request.urlopen", "urllib.request.urlretrieve",
    "urllib2.urlopen",
    "urllib.urlopen", "requests.get", "requests.post", "requests.request", "requests.put", "httpx.get",
    "httpx.post",
    "http.client.HTTPConnection", "http.client.HTTPSConnection", "pickle.loads", "pickle.load",
    "cPickle.loads", "compile",
    "shutil.rmtree", "os.remove", "os.unlink", "os.rmdir", "os.removedirs", "os.kill", "os.chmod",
    "os.setuid",
    "pip.main", "sys.modules.__setitem__", "asyncio.create_subprocess_shell",
    "asyncio.create_subprocess_exec",
    "os.dup2",
    "atexit.register",
  ]

  /// What an expression in a configuration would run, or nil.
  static func harm(inExpression text: String) -> String? {
    [
      "__import__", "os.system", "os.popen", "subprocess", "eval(", "exec(", "popen(", "__class__",
      "__builtins__", "__globals__",
      "importlib", "compile(", "open(",
    ].first { text.contains($0) }
  }
}
