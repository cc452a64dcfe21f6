// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// Tells lines that no Python takes. It only says no where every Python since 2.7 says no: one such line, and nothing of
/// the file ever runs. Prose, lists and the code of other languages are full of them.
struct PythonGrammar {
  /// Indents of the blocks that are open.
  private var indents: [Int] = [0]
  private var expectsBlock = false
  private var isDecorated = false

  /// Whether a line may stand behind those before it.
  mutating func takes(_ line: PythonLine) -> Bool {
    guard let first = line.tokens.first, let last = line.tokens.last else { return !line.isBroken }
    if line.isContinued {
      // The end of a long line may begin a block.
      expectsBlock = last.isSign(":") && !line.isCut && !line.isBroken
      return !line.isBroken && Self.adjoins(line.tokens, isContinued: true)
    }
    let isPlaced = place(line)
    let isTaken = isPlaced && !line.isBroken && !(isDecorated && !Self.isDecorable(first))
    isDecorated = isTaken && first.isSign("@")
    expectsBlock = last.isSign(":") && !line.isBroken && !line.isCut
    guard isTaken, Self.begins(line.tokens, first), Self.adjoins(line.tokens, isContinued: line.isCut) else {
      return false
    }
    return line.isCut || Self.ends(line.tokens, first, last) && Self.statement(line.tokens, first)
  }

  /// Whether the line is indented as it must be; goes on with how it is.
  private mutating func place(_ line: PythonLine) -> Bool {
    let top = indents[indents.count - 1]
    if expectsBlock {
      guard line.indent > top else {
        while indents.count > 1, line.indent < indents[indents.count - 1] { indents.removeLast() }
        return false
      }
      indents.append(line.indent)
      return true
    }
    if line.indent == top { return true }
    if line.indent > top {
      indents.append(line.indent)
      return false
    }
    while indents.count > 1, line.indent < indents[indents.count - 1] { indents.removeLast() }
    let isKnown = indents[indents.count - 1] == line.indent
    if !isKnown { indents.append(line.indent) }
    return isKnown
  }

  private static func isDecorable(_ first: PythonLine.Token) -> Bool {
    first.isSign("@") || first.kind == .name && ["def", "class", "async"].contains(first.text)
  }

  // MARK: Lines

  private static func begins(_ tokens: [PythonLine.Token], _ first: PythonLine.Token) -> Bool {
    guard first.kind == .sign else { return true }
    if first.text == "." { return tokens.count >= 3 && tokens.prefix(3).allSatisfy { $0.isSign(".") } }
    return ["(", "[", "{", "-", "+", "~", "*", "@"].contains(first.text) && tokens.count > 1
  }

  private static func ends(
    _ tokens: [PythonLine.Token], _ first: PythonLine.Token, _ last: PythonLine.Token
  ) -> Bool {
    switch last.kind {
    case .number, .text: return true
    case .name:
      guard PythonLexer.words.contains(last.text) else { return true }
      return [
        "None", "True", "False", "pass", "break", "continue", "return", "raise", "yield",
      ].contains(last.text)
    case .sign:
      switch last.text {
      case ")", "]", "}", ",", ";": return true
      case ":": return first.kind == .name && blocks.contains(first.text)
      case ".": return tokens.suffix(3).allSatisfy { $0.isSign(".") } && tokens.count >= 3
      case "*": return first.isName("from")
      default: return false
      }
    }
  }

  private static let blocks: Set<String> = [
    "if", "for", "def", "class", "while", "with", "try", "except", "else", "elif", "finally", "async",
    "match",
    "case",
  ]

  // MARK: Statements

  private static func statement(_ tokens: [PythonLine.Token], _ first: PythonLine.Token) -> Bool {
    guard first.kind == .name else { return true }
    let end = tokens.firstIndex { $0.isSign(";") } ?? tokens.count
    let statement = tokens[..<end]
    switch first.text {
    case "import":
      return statement.dropFirst().split(omittingEmptySubsequences: false) { $0.isSign(",") }.allSatisfy {
        isModule($0, canRename: true)
      }
    case "from": return isFrom(statement)
    case "def", "class":
      return statement.count >= 3 && isPlainName(tokens[1]) && ["(", ":", "["].contains(tokens[2].text)
        && statement.contains { $0.isSign(":") }
    case "async":
      return statement.count >= 2 && ["def", "for", "with"].contains(tokens[1].text)
        || !(statement.count >= 2 && tokens[1].kind != .sign)
    case "global", "nonlocal":
      return statement.count >= 2
        && statement.dropFirst().split(omittingEmptySubsequences: false) { $0.isSign(",") }.allSatisfy {
          $0.count == 1 && isPlainName($0.first!)
        }
    case "if", "while", "for", "elif", "else", "try", "finally", "except", "with":
      return tokens.contains { $0.isSign(":") }
    default: return true
    }
  }

  /// `a.b` or `a.b as c`
  private static func isModule(_ part: ArraySlice<PythonLine.Token>, canRename: Bool) -> Bool {
    var words = part
    if canRename, words.count >= 3, words[words.endIndex - 2].isName("as") {
      guard isPlainName(words[words.endIndex - 1]) else { return false }
      words = words.dropLast(2)
    }
    guard !words.isEmpty, !words.count.isMultiple(of: 2) else { return false }
    for (index, token) in words.enumerated() {
      guard index.isMultiple(of: 2) ? isPlainName(token) : token.isSign(".") else { return false }
    }
    return true
  }

  private static func isFrom(_ statement: ArraySlice<PythonLine.Token>) -> Bool {
    guard let split = statement.firstIndex(where: { $0.isName("import") }), split > 1 else { return false }
    let module = statement[1..<split].drop { $0.isSign(".") }
    guard module.isEmpty || isModule(module, canRename: false) else { return false }
    var names = statement[(split + 1)...]
    if names.count == 1, names.first!.isSign("*") { return true }
    if let open = names.first, open.isSign("(") {
      guard names.last!.isSign(")") else { return false }
      names = names.dropFirst().dropLast()
      if let comma = names.last, comma.isSign(",") { names = names.dropLast() }
    }
    return names.split(omittingEmptySubsequences: false) { $0.isSign(",") }.allSatisfy { part in
      (part.count == 1 || part.count == 3 && part[part.startIndex + 1].isName("as"))
        && isPlainName(part.first!) && isPlainName(part.last!)
    }
  }

  private static func isPlainName(_ token: PythonLine.Token) -> Bool {
    token.kind == .name && (!PythonLexer.words.contains(token.text) || soft.contains(token.text))
  }

  /// Words that older versions take for names.
  private static let soft: Set<String> = ["async", "await", "nonlocal"]
  /// Words that begin a statement of their own in some version, with anything behind them.
  private static let statements: Set<String> = ["match", "case", "type", "print", "exec"]
  /// Words that stand at the beginning of a statement or behind a few others.
  private static let opening: Set<String> = [
    "assert", "break", "class", "continue", "def", "del", "elif", "except", "finally", "global", "import",
    "pass",
    "raise", "return", "try", "while", "with",
  ]
  /// Signs with a value in front of them.
  private static let binary: Set<String> = [
    ",", "%", "//", "|", "&", "^", "<", ">", "<=", ">=", "==", "!=", "<>", "<<", ">>", "=", "+=", "-=", "*=",
    "/=",
    "%=", "&=", "|=", "^=", "@=", "//=", "**=", ">>=", "<<=", ":=", "->",
  ]
  /// Signs with a value behind them.
  private static let waiting: Set<String> = [
    "+", "-", "~", "%", "//", "|", "&", "^", "<", ">", "<=", ">=", "==", "!=", "<>", "<<", ">>", "=", "+=",
    "-=", "*=",
    "/=", "%=", "&=", "|=", "^=", "@=", "//=", "**=", ">>=", "<<=", ":=", "->", "@",
  ]

  // MARK: Neighbours

  private static func adjoins(_ tokens: [PythonLine.Token], isContinued: Bool) -> Bool {
    var brackets: [Bool] = []
    let hasNames = tokens.first.map { $0.isName("def") || $0.isName("async") } ?? false
    let hasLambda = isContinued || hasNames || tokens.contains { $0.isName("lambda") }
    for index in tokens.indices {
      let token = tokens[index]
      if token.kind == .sign {
        switch token.text {
        case "(": brackets.append(true)
        case "[", "{": brackets.append(false)
        case ")", "]", "}": if !brackets.isEmpty { brackets.removeLast() }
        case ":": if !hasLambda, brackets.last == true { return false }
        default: break
        }
      }
      guard index > 0 else { continue }
      let before = tokens[index - 1]
      if isOperand(before, closing: true) {
        // `print "x"`, `match x:`
        let isStatement =
          before.kind == .name && statements.contains(before.text)
          && (index == 1 || tokens[index - 2].isSign(";") || tokens[index - 2].isSign(":"))
        if isStatement { continue }
        if before.kind == .text, token.kind == .text { continue }
        if isOperand(token, closing: false) || token.isSign("{") || token.isSign("~") { return false }
        if token.kind == .name, opening.contains(token.text), token.text != "import" { return false }
        if token.isName("lambda") { return false }
      } else if before.kind == .sign {
        guard token.kind == .sign, before.text != ".", ![")", "]", "}"].contains(before.text) else {
          continue
        }
        let isOpen = ["(", "[", "{", ";"].contains(before.text) || waiting.contains(before.text)
        // `x, = values`
        if before.text == ",", token.text == "=" { continue }
        if isOpen || before.text == ",", binary.contains(token.text) { return false }
        if waiting.contains(before.text), [")", "]", "}"].contains(token.text) { return false }
      } else if token.kind == .name, opening.contains(token.text) {
        // A word of the language in front: `async with`, `yield from`.
        guard ["async", "else", "in"].contains(before.text), ["def", "with", "for"].contains(token.text)
        else {
          return false
        }
      }
    }
    return true
  }

  private static func isOperand(_ token: PythonLine.Token, closing: Bool) -> Bool {
    switch token.kind {
    case .number, .text: true
    case .name:
      !PythonLexer.words.contains(token.text) || ["None", "True", "False"].contains(token.text)
    case .sign: closing && (token.text == ")" || token.text == "]" || token.text == "}")
    }
  }
}

extension PythonLine.Token {
  func isSign(_ text: String) -> Bool { kind == .sign && self.text == text }
  func isName(_ text: String) -> Bool { kind == .name && self.text == text }
}
