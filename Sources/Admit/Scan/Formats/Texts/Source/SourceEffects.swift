// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// Something that code does, and where.
struct SourceEffect: Sendable {
  let what: String
  let construct: String
  let offset: Int
}

/// What Python source does that does harm: some things wherever they stand, others only when the file is imported.
struct SourceEffects {
  private var found: [SourceEffect] = []
  /// By the function that something must call first.
  private var waiting: [String: SourceEffect] = [:]

  /// Everything that does harm.
  func all(_ scopes: PythonScopes) -> [SourceEffect] {
    var all = found
    if !waiting.isEmpty {
      let reached = scopes.reached
      all += waiting.filter { reached.contains($0.key) }.map(\.value).sorted { $0.offset < $1.offset }
    }
    return all
  }

  /// - Returns: whether the line may do harm.
  mutating func look(at line: PythonLine, _ names: PythonNames, _ scopes: inout PythonScopes) -> Bool {
    defer { scopes.begin(line) }
    let before = found.count + waiting.count
    guard found.count < 16 else { return false }
    // To import is not yet to call; what follows on the same line may call.
    let first = line.tokens.first?.text ?? ""
    let isImport = ["import", "from"].contains(first) && !line.tokens.contains { $0.isSign(";") }
    if !isImport {
      look(in: PythonTokens(line.tokens), line, names, &scopes)
      look(in: PythonTokens(line.inner), line, names, &scopes)
    }
    return found.count + waiting.count > before
  }

  private mutating func look(
    in tokens: PythonTokens, _ line: PythonLine, _ names: PythonNames, _ scopes: inout PythonScopes
  ) {
    let isDocumentation = tokens.count == 1
    for index in tokens.indices {
      let token = tokens[index]
      switch token.kind {
      case .text:
        if !isDocumentation, let sign = SourceHarm.sign(in: token.text) {
          add("a string holds '\(sign)'", tokens, index, line)
        }
      case .name:
        guard !PythonLexer.words.contains(token.text) else { continue }
        if index > 0, tokens[index - 1].isSign(".") {
          member(tokens, index, line, scopes)
          continue
        }
        if index > 0, tokens[index - 1].isName("def") || tokens[index - 1].isName("class") { continue }
        // The name of an argument, or of a field.
        if index + 1 < tokens.count, tokens[index + 1].isSign("=") || tokens[index + 1].isSign(":") {
          if token.text == "target", index + 2 < tokens.count, tokens[index + 2].kind == .name {
            scopes.call(tokens[index + 2].text)
          }
          continue
        }
        let chain = PythonChain(tokens, at: index, names)
        if chain.isCalled, !chain.path.contains(".") { scopes.call(chain.path) }
        judge(chain, tokens, index, line, names, scopes)
      case .number, .sign: break
      }
    }
  }

  /// The attribute of something that has no name.
  private mutating func member(
    _ tokens: PythonTokens, _ index: Int, _ line: PythonLine, _ scopes: PythonScopes
  ) {
    let name = tokens[index].text
    let isCalled = index + 1 < tokens.count && tokens[index + 1].isSign("(")
    if SourceHarm.insides.contains(name) {
      return add("'\(name)' leads to Python's insides", tokens, index, line)
    }
    guard isCalled else {
      if ["exec_lines", "exec_files"].contains(name) {
        add("'\(name)' are lines that are run at the start", tokens, index, line)
      }
      return
    }
    // `platform.system()` says where it runs, and takes nothing.
    let isEmpty = index + 2 < tokens.count && tokens[index + 2].isSign(")")
    if SourceHarm.methods.contains(name), !isEmpty {
      return add("\(name) runs a command or code", tokens, index, line)
    }
    if SourceHarm.loaders.contains(name) {
      return later("\(name) loads code", tokens, index, line, scopes)
    }
    if ["write_text", "write_bytes", "symlink_to", "unlink", "rmdir"].contains(name),
      tokens.namesOutside
    {
      later("\(name) changes files outside of the model", tokens, index, line, scopes)
    }
  }

  private mutating func judge(
    _ chain: PythonChain, _ tokens: PythonTokens, _ index: Int, _ line: PythonLine,
    _ names: PythonNames,
    _ scopes: PythonScopes
  ) {
    var path = chain.path
    if !path.contains("."), !SourceHarm.named.contains(path) {
      path = names.starred.map { $0 + "." + path }.first { SourceHarm.isKnown($0) } ?? path
    }
    let root = path.prefix { $0 != "." }
    // A function of the file's own may have the name of a built-in one.
    if names.defines(path) { return }
    // A word that only looks like a function is none before its module is there.
    let isThere =
      chain.isCalled
      || (path.contains(".") ? names.isDefined(tokens[index].text) : !names.isParameter(path))
    if isThere, SourceHarm.named.contains(path) || path.hasPrefix("os.exec") || path.hasPrefix("os.spawn") {
      return add("\(path) runs a command or code", tokens, index, line)
    }
    if chain.isCalled,
      SourceHarm.called.contains(path)
        || ["ctypes.windll.", "ctypes.cdll.", "ctypes.pythonapi."].contains(where: { path.hasPrefix($0) })
    {
      return add("\(path) runs a command or code", tokens, index, line)
    }
    if chain.isComputed, SourceHarm.doors.contains(path) || SourceHarm.doors.contains(String(root)) {
      return add("\(path) reaches for a function by a computed name", tokens, index, line)
    }
    guard chain.isCalled else { return }
    if root == "subprocess" || path == "asyncio.create_subprocess_shell",
      tokens.hasShell(from: index)
    {
      return add("\(path) runs a command", tokens, index, line)
    }
    if path == "socket.socket" || path == "socket.create_connection" {
      return add("\(path) opens a connection", tokens, index, line)
    }
    if path == "setattr", let target = tokens.all[(index + 1)...].first(where: { $0.kind == .name }),
      SourceHarm.doors.contains(names.resolved(target.text))
    {
      return add("setattr changes \(target.text)", tokens, index, line)
    }
    if path == "open" || path == "io.open", tokens.opensToWrite(from: index), tokens.namesOutside {
      return later("\(path) writes files outside of the model", tokens, index, line, scopes)
    }
    let isModule = names.imports(String(root)) || root != tokens[index].text
    if isModule && SourceHarm.modules.contains(String(root)) || SourceHarm.calls.contains(path) {
      later(
        "\(path) runs a command, opens a connection, loads code or changes files as soon as it is imported",
        tokens,
        index, line, scopes)
    }
  }

  /// Harm when the file is imported, or when what is imported calls the function that it is in.
  private mutating func later(
    _ what: String, _ tokens: PythonTokens, _ index: Int, _ line: PythonLine, _ scopes: PythonScopes
  ) {
    if scopes.isImported { return add(what, tokens, index, line) }
    guard let function = scopes.function, waiting[function] == nil, waiting.count < 1024 else { return }
    waiting[function] = effect(what, tokens, index, line)
  }

  private mutating func add(_ what: String, _ tokens: PythonTokens, _ index: Int, _ line: PythonLine) {
    guard found.count < 16 else { return }
    found.append(effect(what, tokens, index, line))
  }

  private func effect(
    _ what: String, _ tokens: PythonTokens, _ index: Int, _ line: PythonLine
  ) -> SourceEffect {
    let text = tokens.all[index...].prefix(24).map { $0.kind == .text ? "'\($0.text.prefix(60))'" : $0.text }
      .joined()
    return .init(what: what, construct: String(text.prefix(160)), offset: line.offset)
  }
}
