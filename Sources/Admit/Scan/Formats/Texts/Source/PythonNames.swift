// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// The names of a Python file: which it defines, and what its imports and plain assignments stand for.
struct PythonNames {
  private(set) var imports: [String] = []
  /// It takes in names that cannot be seen.
  private(set) var isOpen = false

  private var known: Set<String> = []
  /// Functions at the top of the file.
  private var functions: Set<String> = []
  /// Of any function.
  private var parameters: Set<String> = []
  private var aliases: [String: String] = [:]
  /// Modules whose names were all taken in.
  private(set) var starred: [String] = []

  func isDefined(_ name: String) -> Bool { isOpen || known.contains(name) || Self.builtins.contains(name) }

  /// Whether the name is that of a function at the top of the file.
  func defines(_ name: String) -> Bool { functions.contains(name) }

  func isParameter(_ name: String) -> Bool { parameters.contains(name) }

  func imports(_ module: String) -> Bool {
    imports.contains { $0 == module || $0.hasPrefix(module + ".") } || aliases.values.contains(module)
  }

  /// The name with what it was imported or assigned from in front.
  func resolved(_ name: String) -> String {
    let root = name.prefix { $0 != "." }
    var full = name
    if let alias = aliases[String(root)] { full = alias + name.dropFirst(root.count) }
    for prefix in ["builtins.", "__builtins__.", "__builtin__."] where full.hasPrefix(prefix) {
      return String(full.dropFirst(prefix.count))
    }
    return full
  }

  mutating func learn(_ line: PythonLine) {
    guard known.count < 1 << 16 else { return isOpen = true }
    if line.indent == 0, !line.isContinued, line.tokens.count > 1, line.tokens[0].isName("def") {
      functions.insert(line.tokens[1].text)
    }
    for statement in line.tokens.split(whereSeparator: { $0.isSign(";") }) { learn(statement) }
    for index in line.tokens.indices.dropFirst() where line.tokens[index].isSign(":=") {
      known.insert(line.tokens[index - 1].text)
    }
  }

  /// One statement, and what stands behind a condition on its line: `try: import x`.
  private mutating func learn(_ statement: ArraySlice<PythonLine.Token>) {
    var rest = statement
    while let first = rest.first, first.kind == .name, Self.blocks.contains(first.text),
      let colon = Self.colon(in: rest), colon + 1 < rest.endIndex
    {
      part(rest[..<colon])
      rest = rest[(colon + 1)...]
    }
    part(rest)
  }

  /// The colon behind which a block begins.
  private static func colon(in tokens: ArraySlice<PythonLine.Token>) -> Int? {
    var depth = 0
    for index in tokens.indices where tokens[index].kind == .sign {
      switch tokens[index].text {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case ":" where depth <= 0: return index
      default: break
      }
    }
    return nil
  }

  private mutating func part(_ tokens: ArraySlice<PythonLine.Token>) {
    guard let first = tokens.first else { return }
    switch first.kind == .name ? first.text : "" {
    case "import": modules(tokens)
    case "from": members(tokens)
    case "def", "class":
      if let name = tokens.dropFirst().first { known.insert(name.text) }
      if first.text == "def" { parameters(of: tokens) }
    case "async":
      if let name = tokens.dropFirst(2).first { known.insert(name.text) }
      parameters(of: tokens)
    case "for", "with", "except", "try", "while", "global", "nonlocal", "case":
      for token in tokens where token.kind == .name { known.insert(token.text) }
    case "type": if let name = tokens.dropFirst().first { known.insert(name.text) }
    default: assignment(tokens)
    }
  }

  private static let blocks: Set<String> = [
    "if", "else", "elif", "try", "except", "finally", "with", "for", "while",
  ]

  private mutating func modules(_ tokens: ArraySlice<PythonLine.Token>) {
    for part in tokens.dropFirst().split(whereSeparator: { $0.isSign(",") }) {
      let words = part.split { $0.isName("as") }
      guard let module = words.first, let root = module.first else { continue }
      let name = module.map(\.text).joined()
      add(name)
      if words.count > 1, let alias = words[1].first {
        aliases[alias.text] = name
        known.insert(alias.text)
      } else {
        aliases[root.text] = nil
        known.insert(root.text)
      }
    }
  }

  private mutating func members(_ tokens: ArraySlice<PythonLine.Token>) {
    guard let split = tokens.firstIndex(where: { $0.isName("import") }) else { return }
    let module = tokens[(tokens.startIndex + 1)..<split].map(\.text).joined()
    add(module)
    for part in tokens[(split + 1)...].split(whereSeparator: { $0.kind == .sign && ",()".contains($0.text) })
    {
      guard let name = part.first else { continue }
      if name.isSign("*") {
        isOpen = true
        starred.append(module)
        continue
      }
      let alias = part.count >= 3 ? part[part.startIndex + 2].text : name.text
      aliases[alias] = module + "." + name.text
      known.insert(alias)
    }
  }

  private mutating func parameters(of tokens: ArraySlice<PythonLine.Token>) {
    for index in tokens.indices.dropFirst(2) where tokens[index].kind == .name && parameters.count < 4096 {
      let before = tokens[index - 1]
      if before.kind == .sign, ["(", ",", "*", "**"].contains(before.text) {
        parameters.insert(tokens[index].text)
      }
    }
  }

  private mutating func assignment(_ tokens: ArraySlice<PythonLine.Token>) {
    guard let equals = tokens.firstIndex(where: { $0.kind == .sign && ["=", ":"].contains($0.text) }) else {
      return
    }
    for token in tokens[..<equals] where token.kind == .name { known.insert(token.text) }
    // `run = os.system`
    let value = tokens[(equals + 1)...]
    guard equals == tokens.startIndex + 1, let target = tokens.first, target.kind == .name else { return }
    if tokens[equals].isSign("="), value.count <= 9, !value.isEmpty,
      value.allSatisfy({ $0.kind == .name && !PythonLexer.words.contains($0.text) || $0.isSign(".") })
    {
      aliases[target.text] = resolved(value.map(\.text).joined())
    } else {
      aliases[target.text] = nil
    }
  }

  private mutating func add(_ module: String) {
    if imports.count < 64, !imports.contains(module) { imports.append(module) }
  }

  /// Everything that is there without an import, in Python 2 and 3.
  private static let builtins: Set<String> = [
    "abs", "aiter", "all", "anext", "any", "ascii", "bin", "bool", "breakpoint", "bytearray", "bytes",
    "callable",
    "chr", "classmethod", "compile", "complex", "copyright", "credits", "delattr", "dict", "dir", "divmod",
    "enumerate",
    "eval", "exec", "exit", "filter", "float", "format", "frozenset", "getattr", "globals", "hasattr", "hash",
    "help",
    "hex", "id", "input", "int", "isinstance", "issubclass", "iter", "len", "license", "list", "locals",
    "map", "max",
    "memoryview", "min", "next", "object", "oct", "open", "ord", "pow", "print", "property", "quit", "range",
    "repr",
    "reversed", "round", "set", "setattr", "slice", "sorted", "staticmethod", "str", "sum", "super", "tuple",
    "type",
    "vars", "zip", "__import__", "__build_class__", "__builtins__", "__builtin__", "__debug__", "__doc__",
    "__file__",
    "__loader__", "__name__", "__package__", "__path__", "__spec__", "__cached__", "__annotations__",
    "__dict__",
    "Ellipsis", "NotImplemented", "apply", "basestring", "buffer", "cmp", "coerce", "execfile", "file",
    "intern",
    "long", "raw_input", "reduce", "reload", "unichr", "unicode", "xrange", "get_ipython", "get_config",
    "display",
    "BaseException", "BaseExceptionGroup", "Exception", "ExceptionGroup", "GeneratorExit",
    "KeyboardInterrupt",
    "SystemExit", "StopIteration", "StopAsyncIteration", "StandardError", "ArithmeticError", "AssertionError",
    "AttributeError", "BlockingIOError", "BrokenPipeError", "BufferError", "BytesWarning",
    "ChildProcessError",
    "ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError", "ConnectionResetError",
    "DeprecationWarning",
    "EOFError", "EncodingWarning", "EnvironmentError", "FileExistsError", "FileNotFoundError",
    "FloatingPointError",
    "FutureWarning", "IOError", "ImportError", "ImportWarning", "IndentationError", "IndexError",
    "InterruptedError",
    "IsADirectoryError", "KeyError", "LookupError", "MemoryError", "ModuleNotFoundError", "NameError",
    "NotADirectoryError", "NotImplementedError", "OSError", "OverflowError", "PendingDeprecationWarning",
    "PermissionError", "ProcessLookupError", "PythonFinalizationError", "RecursionError", "ReferenceError",
    "ResourceWarning", "RuntimeError", "RuntimeWarning", "SyntaxError", "SyntaxWarning", "SystemError",
    "TabError",
    "TimeoutError", "TypeError", "UnboundLocalError", "UnicodeDecodeError", "UnicodeEncodeError",
    "UnicodeError",
    "UnicodeTranslateError", "UnicodeWarning", "UserWarning", "ValueError", "Warning", "WindowsError",
    "ZeroDivisionError",
  ]
}
