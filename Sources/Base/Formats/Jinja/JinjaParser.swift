// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Reads a Jinja template into statements, as `jinja2/parser.py` does with the extensions that chat templates are
/// given (`do`, loop controls, `generation`). Nothing is rendered. A template that nests too deep or has too many tokens
/// is refused.
package struct JinjaParser {
  let tokens: [JinjaToken]
  var at = 0
  var depth = 0

  package static func parse(_ bytes: Bytes) throws(JinjaError) -> [JinjaStatement] {
    guard bytes.count <= Limits.jinjaTemplate else {
      throw JinjaError(
        reason: "the template is larger than \(Limits.jinjaTemplate) bytes", offset: Limits.jinjaTemplate)
    }
    var parser = JinjaParser(
      tokens: try JinjaLexer.tokens(bytes.array(), limit: Limits.jinjaTokens))
    let statements = try parser.body(until: [])
    guard parser.token.kind == .end else { throw parser.failure("the end") }
    return statements
  }

  private init(tokens: [JinjaToken]) { self.tokens = tokens }

  var token: JinjaToken { tokens[at] }

  func failure(_ expected: String) -> JinjaError {
    let found = token.kind == .end ? "the end" : "'\(token.text.prefix(40))'"
    return JinjaError(reason: "expected \(expected), found \(found)", offset: token.offset)
  }

  mutating func advance() { if token.kind != .end { at += 1 } }

  func isSign(_ text: String) -> Bool { token.kind == .sign && token.text == text }
  func isName(_ text: String) -> Bool { token.kind == .name && token.text == text }

  mutating func takeSign(_ text: String) -> Bool {
    guard isSign(text) else { return false }
    advance()
    return true
  }

  mutating func takeName(_ text: String) -> Bool {
    guard isName(text) else { return false }
    advance()
    return true
  }

  mutating func expectSign(_ text: String) throws(JinjaError) {
    guard takeSign(text) else { throw failure("'\(text)'") }
  }

  mutating func expect(_ kind: JinjaToken.Kind, _ what: String) throws(JinjaError) -> String {
    guard token.kind == kind else { throw failure(what) }
    let text = token.text
    advance()
    return text
  }

  mutating func descend() throws(JinjaError) {
    depth += 1
    guard depth <= Limits.jinjaDepth else {
      throw JinjaError(
        reason: "the template nests deeper than \(Limits.jinjaDepth) levels", offset: token.offset)
    }
  }

  /// Statements up to a tag that is one of `ends`; the parser then stands at its name.
  private mutating func body(until ends: Set<String>) throws(JinjaError) -> [JinjaStatement] {
    try descend()
    defer { depth -= 1 }
    var statements: [JinjaStatement] = []
    while true {
      let offset = token.offset
      switch token.kind {
      case .end:
        guard ends.isEmpty else { throw failure("one of \(ends.sorted().joined(separator: ", "))") }
        return statements
      case .data:
        statements.append(.init(kind: .data(token.text), offset: offset))
        advance()
      case .outputStart:
        advance()
        let value = try tuple()
        _ = try expect(.outputEnd, "'}}'")
        statements.append(.init(kind: .output(value), offset: offset))
      case .tagStart:
        advance()
        guard token.kind == .name else { throw failure("the name of a tag") }
        if ends.contains(token.text) { return statements }
        statements.append(.init(kind: try statement(), offset: offset))
      default: throw failure("text or a tag")
      }
    }
  }

  private mutating func endTag() throws(JinjaError) { _ = try expect(.tagEnd, "'%}'") }

  private mutating func statement() throws(JinjaError) -> JinjaStatement.Kind {
    let tag = try expect(.name, "the name of a tag")
    switch tag {
    case "if": return try choice()
    case "for": return try loop()
    case "set": return try assignment()
    case "macro":
      let name = try expect(.name, "the name of a macro")
      let parameters = try parameters()
      try endTag()
      return .macro(name: name, parameters: parameters, body: try closed(by: "endmacro"))
    case "call":
      let parameters = isSign("(") ? try parameters() : []
      let call = try expression()
      try endTag()
      return .callBlock(call, parameters: parameters, body: try closed(by: "endcall"))
    case "filter":
      let name = try expect(.name, "the name of a filter")
      let arguments = isSign("(") ? try arguments() : []
      var filter = JinjaExpression.filter(nil, name, arguments, at: token.offset)
      filter = try filters(of: filter)
      try endTag()
      return .block(tag: tag, expressions: [filter], parameters: [], body: try closed(by: "endfilter"))
    case "generation":
      try endTag()
      return .block(tag: tag, expressions: [], parameters: [], body: try closed(by: "endgeneration"))
    case "block":
      _ = try expect(.name, "the name of a block")
      while token.kind == .name { advance() }
      try endTag()
      let body = try body(until: ["endblock"])
      advance()
      if token.kind == .name { advance() }
      try endTag()
      return .block(tag: tag, expressions: [], parameters: [], body: body)
    case "autoescape":
      let value = try expression()
      try endTag()
      return .block(tag: tag, expressions: [value], parameters: [], body: try closed(by: "endautoescape"))
    case "with":
      var parameters: [JinjaStatement.Parameter] = []
      while token.kind == .name {
        let name = try expect(.name, "a name")
        try expectSign("=")
        parameters.append(.init(name: name, value: try expression()))
        guard takeSign(",") else { break }
      }
      try endTag()
      return .block(tag: tag, expressions: [], parameters: parameters, body: try closed(by: "endwith"))
    case "do":
      let value = try tuple()
      try endTag()
      return .output(value)
    case "break", "continue":
      try endTag()
      return .jump(tag)
    case "include", "import", "from", "extends":
      while token.kind != .tagEnd, token.kind != .end { advance() }
      try endTag()
      return .foreign(tag: tag)
    default:
      throw JinjaError(reason: "the tag '\(tag.prefix(40))' is not known", offset: tokens[at - 1].offset)
    }
  }

  private mutating func closed(by end: String) throws(JinjaError) -> [JinjaStatement] {
    let statements = try body(until: [end])
    advance()
    try endTag()
    return statements
  }

  private mutating func choice() throws(JinjaError) -> JinjaStatement.Kind {
    var branches: [JinjaStatement.Branch] = []
    var condition: JinjaExpression? = try tuple()
    while true {
      try endTag()
      let body = try body(until: condition == nil ? ["endif"] : ["elif", "else", "endif"])
      branches.append(.init(condition: condition, body: body))
      let end = token.text
      advance()
      if end == "endif" { break }
      condition = end == "elif" ? try tuple() : nil
    }
    try endTag()
    return .choice(branches)
  }

  private mutating func loop() throws(JinjaError) -> JinjaStatement.Kind {
    let target = try targets()
    guard takeName("in") else { throw failure("'in'") }
    let over = try tuple(conditional: false)
    let condition: JinjaExpression? = takeName("if") ? try expression() : nil
    _ = takeName("recursive")
    try endTag()
    let inner = try body(until: ["else", "endfor"])
    var otherwise: [JinjaStatement] = []
    if takeName("else") {
      try endTag()
      otherwise = try body(until: ["endfor"])
    }
    advance()
    try endTag()
    return .loop(target: target, over: over, condition: condition, body: inner, otherwise: otherwise)
  }

  private mutating func assignment() throws(JinjaError) -> JinjaStatement.Kind {
    let names = try targets(fields: true)
    if takeSign("=") {
      let value = try tuple()
      try endTag()
      return .assign(targets: names, value: value, filters: [], body: [])
    }
    var filters: [JinjaExpression] = []
    while takeSign("|") {
      let offset = token.offset
      let name = try expect(.name, "the name of a filter")
      filters.append(.filter(nil, name, isSign("(") ? try arguments() : [], at: offset))
    }
    try endTag()
    return .assign(targets: names, value: nil, filters: filters, body: try closed(by: "endset"))
  }

  /// `a, (b, c)`; with fields also `ns.field`.
  private mutating func targets(fields: Bool = false) throws(JinjaError) -> [String] {
    var names: [String] = []
    var open = 0
    while true {
      while takeSign("(") { open += 1 }
      var name = try expect(.name, "a name")
      if fields, takeSign(".") { name += "." + (try expect(.name, "a name")) }
      names.append(name)
      while open > 0, takeSign(")") { open -= 1 }
      guard takeSign(",") else { break }
      if isName("in") || isSign("=") { break }
    }
    guard open == 0 else { throw failure("')'") }
    return names
  }

  private mutating func parameters() throws(JinjaError) -> [JinjaStatement.Parameter] {
    try expectSign("(")
    var parameters: [JinjaStatement.Parameter] = []
    while !takeSign(")") {
      let name = try expect(.name, "the name of a parameter")
      parameters.append(.init(name: name, value: takeSign("=") ? try expression() : nil))
      if !isSign(")") { try expectSign(",") }
    }
    return parameters
  }
}
