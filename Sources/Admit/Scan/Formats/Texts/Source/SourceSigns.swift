// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Tells whether a text is Python that would run, and what running it does. It is Python when ``PythonGrammar`` takes its
/// lines and some line does something: a list of words is not, a sentence is not, a configuration is not. A line that
/// only a name nobody has defined stops is counted, and hides nothing behind it: who runs the code may define it.
struct SourceSigns {
  private(set) var isPython = false
  /// What does harm when it is imported, or made to be called.
  private(set) var harm: [SourceEffect] = []
  private(set) var imports: [String] = []
  /// Where it first does something.
  private(set) var offset = 0

  private var names = PythonNames()
  private var scopes = PythonScopes()
  private var effects = SourceEffects()

  /// - Parameter isStrict: every line must be Python, as in a document that shows code.
  init(_ bytes: Bytes, isStrict: Bool = false) {
    var lexer = PythonLexer(bytes.span)
    var grammar = PythonGrammar()
    var active = 0
    var dead = 0
    var broken = 0
    while let line = lexer.next() {
      guard grammar.takes(line) else {
        broken += 1
        if broken > 64, broken > active * 4 { break }
        continue
      }
      if !line.isContinued { scopes.enter(line) }
      names.learn(line)
      let harmful = effects.look(at: line, names, &scopes)
      switch harmful ? .active : classify(line) {
      case .inert: break
      case .dead:
        dead += 1
        if dead > 4096, dead > active * 4 { break }
      case .active:
        if active == 0 { offset = line.offset }
        active += 1
      }
      if dead > 4096, dead > active * 4 { break }
    }
    let isWhole = active > 0 && broken == 0 && dead <= active
    let isMostly = active >= 5 && broken * 8 <= active && dead <= active
    let harms = effects.all(scopes)
    let isHarmful = !harms.isEmpty && active >= 2 && broken * 2 <= active && dead * 2 <= active
    isPython = isWhole || !isStrict && (isMostly || isHarmful)
    imports = names.imports
    if isPython { harm = harms }
    // Some codecs make other text of a file than what is written in it.
    if let codec = PythonCookie.disguise(in: bytes) {
      isPython = true
      let what = "Python reads the file with the codec '\(codec)', which makes other code of it than it shows"
      harm.insert(.init(what: what, construct: "coding: \(codec)", offset: 0), at: 0)
    }
  }

  private enum Line { case dead, inert, active }

  private func classify(_ line: PythonLine) -> Line {
    guard let first = line.tokens.first else { return .inert }
    if line.isContinued { return Self.calls(line.tokens) ? .active : .inert }
    if first.kind == .name, ["import", "from", "def", "class", "async"].contains(first.text) {
      return .active
    }
    if first.isSign("@") { return .active }
    // Only words and values: nothing happens unless something that exists is called.
    var isCalled = false
    var isUnknown = false
    let tokens = line.tokens
    for index in tokens.indices.dropFirst() where tokens[index].isSign("(") {
      var root = index - 1
      switch tokens[root].kind {
      case .sign where [")", "]", "}"].contains(tokens[root].text): isCalled = true
      case .name where !PythonLexer.words.contains(tokens[root].text):
        while root >= 2, tokens[root - 1].isSign("."), tokens[root - 2].kind == .name { root -= 2 }
        let isMember = root > 0 && tokens[root - 1].isSign(".")
        if isMember || names.isDefined(tokens[root].text) { isCalled = true } else { isUnknown = true }
      default: continue
      }
    }
    if Self.calls(line.inner) { isCalled = true }
    guard scopes.isTop, !names.isOpen else { return isCalled ? .active : .inert }
    if isUnknown, !isCalled { return .dead }
    // An assignment defines the name; anything else needs it.
    if let name = needed(in: tokens), !names.isDefined(name) { return .dead }
    return isCalled ? .active : .inert
  }

  private static func calls(_ tokens: [PythonLine.Token]) -> Bool {
    tokens.indices.dropFirst().contains {
      tokens[$0].isSign("(")
        && (tokens[$0 - 1].kind == .name && !PythonLexer.words.contains(tokens[$0 - 1].text)
          || [")", "]", "}"].contains(tokens[$0 - 1].text))
    }
  }

  /// The first name that is read, where that is plain to see.
  private func needed(in tokens: [PythonLine.Token]) -> String? {
    guard let first = tokens.first else { return nil }
    if first.kind == .name { return PythonLexer.words.contains(first.text) ? nil : first.text }
    guard first.kind == .sign, !tokens.contains(where: { $0.isName("for") || $0.isName("lambda") }) else {
      return nil
    }
    return tokens.first { $0.kind == .name && !PythonLexer.words.contains($0.text) }?.text
  }

  /// What an expression in a configuration would run, or nil.
  static func harm(inExpression text: String) -> String? {
    [
      "__import__", "os.system", "os.popen", "subprocess", "eval(", "exec(", "popen(", "__class__",
      "__builtins__", "__globals__",
      "importlib", "compile(", "open(",
    ].first { text.contains($0) }
  }
}
