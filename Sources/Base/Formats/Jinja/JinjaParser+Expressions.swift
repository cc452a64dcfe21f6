// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension JinjaParser {
  /// One expression, or several with commas between: a tuple.
  mutating func tuple(conditional: Bool = true) throws(JinjaError) -> JinjaExpression {
    let first = conditional ? try expression() : try disjunction()
    guard isSign(",") else { return first }
    var values = [first]
    while takeSign(",") {
      if token.kind == .tagEnd || token.kind == .outputEnd || isSign(")") { break }
      values.append(conditional ? try expression() : try disjunction())
    }
    return .list(values)
  }

  /// `a if b else c`
  mutating func expression() throws(JinjaError) -> JinjaExpression {
    try descend()
    defer { depth -= 1 }
    var value = try disjunction()
    var chain = 0
    while takeName("if") {
      chain += 1
      guard chain <= Limits.jinjaDepth else { throw failure("fewer conditions") }
      let condition = try disjunction()
      let otherwise: JinjaExpression? = takeName("else") ? try expression() : nil
      value = .conditional(value, condition: condition, otherwise: otherwise)
    }
    return value
  }

  private mutating func disjunction() throws(JinjaError) -> JinjaExpression {
    let offset = token.offset
    var values = [try conjunction()]
    while takeName("or") { values.append(try conjunction()) }
    return joined(values, "or", offset)
  }

  private mutating func conjunction() throws(JinjaError) -> JinjaExpression {
    let offset = token.offset
    var values = [try negation()]
    while takeName("and") { values.append(try negation()) }
    return joined(values, "and", offset)
  }

  private func joined(_ values: [JinjaExpression], _ sign: String, _ offset: Int) -> JinjaExpression {
    values.count == 1
      ? values[0] : .operation(values, [String](repeating: sign, count: values.count - 1), at: offset)
  }

  private mutating func negation() throws(JinjaError) -> JinjaExpression {
    guard takeName("not") else { return try comparison() }
    try descend()
    defer { depth -= 1 }
    return .unary("not", try negation())
  }

  private static let comparisons: Set<String> = ["==", "!=", "<", "<=", ">", ">="]

  private mutating func comparison() throws(JinjaError) -> JinjaExpression {
    let offset = token.offset
    var values = [try sum()]
    var signs: [String] = []
    while true {
      if token.kind == .sign, Self.comparisons.contains(token.text) {
        signs.append(token.text)
        advance()
      } else if takeName("in") {
        signs.append("in")
      } else if isName("not"), at + 1 < tokens.count, tokens[at + 1].kind == .name,
        tokens[at + 1].text == "in"
      {
        advance()
        advance()
        signs.append("not in")
      } else {
        break
      }
      values.append(try sum())
    }
    return values.count == 1 ? values[0] : .operation(values, signs, at: offset)
  }

  private mutating func sum() throws(JinjaError) -> JinjaExpression {
    let offset = token.offset
    var values = [try concatenation()]
    var signs: [String] = []
    while isSign("+") || isSign("-") {
      signs.append(token.text)
      advance()
      values.append(try concatenation())
    }
    return values.count == 1 ? values[0] : .operation(values, signs, at: offset)
  }

  private mutating func concatenation() throws(JinjaError) -> JinjaExpression {
    let offset = token.offset
    var values = [try product()]
    while takeSign("~") { values.append(try product()) }
    return joined(values, "~", offset)
  }

  private mutating func product() throws(JinjaError) -> JinjaExpression {
    let offset = token.offset
    var values = [try power()]
    var signs: [String] = []
    while isSign("*") || isSign("/") || isSign("//") || isSign("%") {
      signs.append(token.text)
      advance()
      values.append(try power())
    }
    return values.count == 1 ? values[0] : .operation(values, signs, at: offset)
  }

  private mutating func power() throws(JinjaError) -> JinjaExpression {
    let offset = token.offset
    var values = [try unary()]
    while takeSign("**") { values.append(try unary()) }
    return joined(values, "**", offset)
  }

  private mutating func unary(filtered: Bool = true) throws(JinjaError) -> JinjaExpression {
    try descend()
    defer { depth -= 1 }
    var value: JinjaExpression
    if isSign("-") || isSign("+") {
      let sign = token.text
      advance()
      value = .unary(sign, try unary(filtered: false))
    } else {
      value = try primary()
    }
    value = try postfix(of: value)
    return filtered ? try filters(of: value) : value
  }

  private mutating func primary() throws(JinjaError) -> JinjaExpression {
    let token = token
    switch token.kind {
    case .name:
      advance()
      switch token.text {
      case "true", "false", "none", "True", "False", "None": return .constant(token.text.lowercased())
      default: return .name(token.text, at: token.offset)
      }
    case .text:
      var text = ""
      while self.token.kind == .text {
        text += self.token.text
        advance()
      }
      return .text(text)
    case .integer:
      advance()
      return .integer(Self.integer(token.text))
    case .float:
      advance()
      return .float
    case .sign:
      switch token.text {
      case "(":
        advance()
        if takeSign(")") { return .list([]) }
        let value = try tuple()
        try expectSign(")")
        return value
      case "[":
        advance()
        var values: [JinjaExpression] = []
        while !takeSign("]") {
          values.append(try expression())
          if !isSign("]") { try expectSign(",") }
        }
        return .list(values)
      case "{":
        advance()
        var entries: [JinjaExpression.Argument] = []
        while !takeSign("}") {
          let key = try expression()
          try expectSign(":")
          entries.append(.init(try expression(), key: key))
          if !isSign("}") { try expectSign(",") }
        }
        return .dict(entries)
      default: throw failure("an expression")
      }
    default: throw failure("an expression")
    }
  }

  private static func integer(_ text: String) -> Int64? {
    let digits = text.replacing("_", with: "").lowercased()
    for (prefix, radix) in [("0x", 16), ("0b", 2), ("0o", 8)] where digits.hasPrefix(prefix) {
      return Int64(digits.dropFirst(2), radix: radix)
    }
    return Int64(digits)
  }

  /// `.name`, `[…]` and `(…)`, as many as follow.
  private mutating func postfix(of first: JinjaExpression) throws(JinjaError) -> JinjaExpression {
    var value = first
    var chain = 0
    while token.kind == .sign {
      let offset = token.offset
      switch token.text {
      case ".":
        advance()
        if token.kind == .integer {
          let index = Self.integer(token.text)
          advance()
          value = .item(value, .integer(index), at: offset)
        } else {
          value = .attribute(value, try expect(.name, "the name of an attribute"), at: offset)
        }
      case "[":
        advance()
        value = .item(value, try subscripts(), at: offset)
      case "(": value = .call(value, try arguments(), at: offset)
      default: return value
      }
      chain += 1
      guard chain <= Limits.jinjaChain else { throw failure("a shorter chain") }
    }
    return value
  }

  private mutating func subscripts() throws(JinjaError) -> JinjaExpression {
    var parts: [JinjaExpression] = []
    var isSlice = false
    while !takeSign("]") {
      if takeSign(":") {
        isSlice = true
      } else if takeSign(",") {
        continue
      } else {
        parts.append(try expression())
      }
    }
    if isSlice { return .slice(parts) }
    guard let first = parts.first else { throw failure("an expression") }
    return parts.count == 1 ? first : .list(parts)
  }

  /// Filters, tests and calls behind a value.
  mutating func filters(of first: JinjaExpression) throws(JinjaError) -> JinjaExpression {
    var value = first
    var chain = 0
    while true {
      let offset = token.offset
      if takeSign("|") {
        let name = try dottedName()
        value = .filter(value, name, isSign("(") ? try arguments() : [], at: offset)
      } else if takeName("is") {
        let negated = takeName("not")
        let name = try dottedName()
        var given: [JinjaExpression.Argument] = []
        if isSign("(") {
          given = try arguments()
        } else if takesArgument() {
          let argument = try primary()
          given = [.init(try postfix(of: argument))]
        }
        value = .test(value, name, given, at: offset)
        if negated { value = .unary("not", value) }
      } else if isSign("(") {
        value = .call(value, try arguments(), at: offset)
      } else {
        return value
      }
      chain += 1
      guard chain <= Limits.jinjaChain else { throw failure("a shorter chain") }
    }
  }

  private mutating func dottedName() throws(JinjaError) -> String {
    var name = try expect(.name, "the name of a filter or a test")
    while takeSign(".") { name += "." + (try expect(.name, "a name")) }
    return name
  }

  private func takesArgument() -> Bool {
    switch token.kind {
    case .text, .integer, .float: true
    case .name: !["else", "or", "and", "is", "if", "in", "not", "recursive"].contains(token.text)
    case .sign: ["[", "{"].contains(token.text)
    default: false
    }
  }

  mutating func arguments() throws(JinjaError) -> [JinjaExpression.Argument] {
    try expectSign("(")
    var arguments: [JinjaExpression.Argument] = []
    while !takeSign(")") {
      if takeSign("*") || takeSign("**") {
        arguments.append(.init(try expression(), isSpread: true))
      } else if token.kind == .name, at + 1 < tokens.count, tokens[at + 1].kind == .sign,
        tokens[at + 1].text == "="
      {
        let name = token.text
        advance()
        advance()
        arguments.append(.init(try expression(), name: name))
      } else {
        arguments.append(.init(try expression()))
      }
      if !isSign(")") { try expectSign(",") }
    }
    return arguments
  }
}
