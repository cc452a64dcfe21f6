// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

extension JinjaJudge {
  // MARK: What variables hold

  mutating func learn(_ statements: [JinjaStatement]) {
    for statement in statements {
      switch statement.kind {
      case .data, .jump, .foreign: break
      case .output(let value): learnCalls(value)
      case .choice(let branches):
        for branch in branches {
          if let condition = branch.condition { learnCalls(condition) }
          learn(branch.body)
        }
      case .loop(let target, let over, let condition, let body, let otherwise):
        learnCalls(over)
        if let condition { learnCalls(condition) }
        for name in target { hold(name, content(of: over)) }
        learn(body)
        learn(otherwise)
      case .assign(let targets, let value, _, let body):
        if let value { learnCalls(value) }
        for name in targets { hold(name, value.map { content(of: $0) } ?? [.made]) }
        // A namespace hands out what any of its fields was given.
        for name in targets {
          if let dot = name.firstIndex(of: ".") {
            hold(String(name[..<dot]), value.map { content(of: $0) } ?? [.made])
          }
        }
        learn(body)
      case .macro(let name, let parameters, let body):
        macros[name] = parameters
        for parameter in parameters { hold(parameter.name, parameter.value.map { content(of: $0) } ?? []) }
        learn(body)
      case .callBlock(let call, let parameters, let body):
        learnCalls(call)
        for parameter in parameters { hold(parameter.name, [.made]) }
        learn(body)
      case .block(_, let expressions, let parameters, let body):
        for expression in expressions { learnCalls(expression) }
        for parameter in parameters {
          hold(parameter.name, parameter.value.map { content(of: $0) } ?? [.made])
        }
        learn(body)
      }
    }
  }

  private mutating func hold(_ name: String, _ content: JinjaContent) {
    variables[name, default: []].formUnion(content)
  }

  /// Arguments of macros, and what methods put into lists and dictionaries.
  private mutating func learnCalls(_ expression: JinjaExpression) {
    visit(expression) { judge, part in
      guard case .call(let callee, let arguments, _) = part else { return }
      switch callee {
      case .name(let name, _):
        guard let parameters = judge.macros[name] else { return }
        for (index, argument) in arguments.enumerated() {
          let content = judge.content(of: argument.value)
          if let keyword = argument.name {
            judge.hold(keyword, content)
          } else if argument.isSpread {
            for parameter in parameters { judge.hold(parameter.name, content.union(.made)) }
          } else if index < parameters.count {
            judge.hold(parameters[index].name, content)
          }
        }
      case .attribute(.name(let list, _), let method, _):
        if ["append", "extend", "insert", "update", "setdefault"].contains(method) {
          for argument in arguments { judge.hold(list, judge.content(of: argument.value)) }
        }
      case .attribute(.attribute(.name(let space, _), let field, _), let method, _):
        if ["append", "extend", "insert", "update", "setdefault"].contains(method) {
          for argument in arguments {
            judge.hold(space + "." + field, judge.content(of: argument.value))
            judge.hold(space, judge.content(of: argument.value))
          }
        }
      default: break
      }
    }
  }

  /// Calls `body` with an expression and everything in it.
  mutating func visit(_ expression: JinjaExpression, _ body: (inout JinjaJudge, JinjaExpression) -> Void) {
    body(&self, expression)
    switch expression {
    case .text, .integer, .float, .constant, .name: break
    case .attribute(let base, _, _), .unary(_, let base): visit(base, body)
    case .item(let base, let key, _):
      visit(base, body)
      visit(key, body)
    case .slice(let values), .list(let values), .operation(let values, _, _):
      for value in values { visit(value, body) }
    case .call(let base, let arguments, _), .test(let base, _, let arguments, _):
      visit(base, body)
      for argument in arguments { visit(argument.value, body) }
    case .filter(let base, _, let arguments, _):
      if let base { visit(base, body) }
      for argument in arguments { visit(argument.value, body) }
    case .conditional(let value, let condition, let otherwise):
      visit(value, body)
      visit(condition, body)
      if let otherwise { visit(otherwise, body) }
    case .dict(let entries):
      for entry in entries {
        if let key = entry.key { visit(key, body) }
        visit(entry.value, body)
      }
    }
  }

  private static let picking: Set<String> = [
    "list", "sort", "reverse", "unique", "first", "last", "dictsort", "items", "select", "selectattr",
    "reject",
    "rejectattr", "batch", "slice", "max", "min", "safe", "map", "groupby", "attr", "d", "default", "string",
    "trim",
    "lower", "upper", "from_json", "fromjson",
  ]
  private static let counting: Set<String> = [
    "length", "count", "int", "float", "abs", "round", "wordcount", "sum",
  ]
  private static let pickingMethods: Set<String> = [
    "keys", "values", "items", "get", "copy", "pop", "setdefault", "next",
  ]
  private static let cuttingMethods: Set<String> = [
    "split", "rsplit", "strip", "lstrip", "rstrip", "partition", "rpartition", "lower", "upper", "title",
    "splitlines",
    "removeprefix", "removesuffix", "capitalize", "swapcase",
  ]

  /// What the strings that a value can give may be.
  func content(of expression: JinjaExpression) -> JinjaContent {
    switch expression {
    case .text(let text): return Self.isHarmless(text) ? .word : .made
    case .integer, .float, .constant, .test: return .number
    case .name(let name, _):
      if name == "loop" { return [.number, .data] }
      // What a function looks like as text is no data of the caller.
      return variables[name]
        ?? (JinjaNames.functions.contains(name) || JinjaNames.doors.contains(name) ? .made : .data)
    case .attribute(.name("loop", _), let name, _):
      return ["previtem", "nextitem"].contains(name) ? .data : .number
    case .attribute(let base, let name, _):
      if case .name(let space, _) = base, let field = variables[space + "." + name] { return field }
      return content(of: base)
    case .item(let base, .slice, _):
      let content = content(of: base)
      return content.contains(.word) ? content.union(.made) : content
    case .item(let base, _, _): return content(of: base)
    case .slice: return .number
    case .call(let callee, let arguments, _):
      let given = arguments.reduce(into: JinjaContent()) { $0.formUnion(content(of: $1.value)) }
      switch callee {
      case .name("range", _): return .number
      case .name("namespace", _), .name("dict", _):
        // The keys are strings too.
        return arguments.contains { $0.name.map { !Self.isHarmless($0) } ?? false }
          ? given.union(.made) : given.union(.word)
      case .attribute(let base, let name, _):
        if Self.pickingMethods.contains(name) { return content(of: base).union(given) }
        if Self.cuttingMethods.contains(name) { return cut(content(of: base)) }
        if ["find", "count", "index", "rfind", "startswith", "endswith"].contains(name) { return .number }
        return .made
      default: return .made
      }
    case .filter(let base, let name, let arguments, _):
      guard let base else { return .made }
      if Self.counting.contains(name) { return .number }
      guard Self.picking.contains(name) else { return .made }
      let content = content(of: base)
      switch name {
      case "string": return content == .number ? .number : .made
      case "trim", "lower", "upper": return cut(content)
      case "d", "default":
        return arguments.reduce(into: content) { $0.formUnion(self.content(of: $1.value)) }
      case "map":
        let isAttribute = arguments.first?.name == "attribute"
        return isAttribute ? content : cut(content)
      default: return content
      }
    case .operation(let values, let signs, _):
      let all = values.reduce(into: JinjaContent()) { $0.formUnion(content(of: $1)) }
      switch signs.first {
      case "and", "or": return all
      case "+", "-", "*", "/", "//", "%", "**":
        // Lists that are put behind each other give what they hold.
        if all == .number || all == .data || all == [.number, .data] { return all }
        if signs.first == "+", values.allSatisfy({ isList($0) }) { return all }
        return .made
      case "~": return .made
      default: return .number
      }
    case .unary(let sign, let value): return sign == "not" ? .number : content(of: value)
    case .conditional(let value, _, let otherwise):
      return content(of: value).union(otherwise.map { content(of: $0) } ?? [])
    case .list(let values): return values.reduce(into: JinjaContent()) { $0.formUnion(content(of: $1)) }
    case .dict(let entries):
      return entries.reduce(into: JinjaContent()) {
        $0.formUnion(content(of: $1.value))
        if let key = $1.key { $0.formUnion(content(of: key)) }
      }
    }
  }

  private func cut(_ content: JinjaContent) -> JinjaContent {
    content.contains(.word) ? content.union(.made) : content
  }

  private func isList(_ expression: JinjaExpression) -> Bool {
    if case .list = expression { return true }
    return false
  }

  /// A whole string of the template that is no way to Python when it names an attribute.
  static func isHarmless(_ text: String) -> Bool { !text.hasPrefix("_") && JinjaNames.insides(text) == nil }

  // MARK: Constants

  /// The text that an expression always gives, when that is plain to see.
  func fold(_ expression: JinjaExpression) -> String? {
    switch expression {
    case .text(let text): return text
    case .integer(let value): return value.map(String.init)
    case .operation(let values, let signs, _):
      if signs.allSatisfy({ $0 == "~" || $0 == "+" }) {
        var text = ""
        for value in values {
          guard let part = fold(value), text.utf8.count < 4096 else { return nil }
          text += part
        }
        return text
      }
      if signs == ["*"], let text = fold(values[0]), let count = constant(values[1]),
        (0...64).contains(count), text.utf8.count < 64
      {
        return String(repeating: text, count: Int(count))
      }
      return nil
    case .filter(let base?, let name, let arguments, _):
      switch name {
      case "lower": return fold(base)?.lowercased()
      case "upper": return fold(base)?.uppercased()
      case "string", "safe", "trim", "e", "escape": return fold(base)
      case "reverse": return fold(base).map { String($0.reversed()) }
      case "join":
        guard case .list(let parts) = base else { return nil }
        let separator = arguments.first.flatMap { fold($0.value) } ?? ""
        let texts = parts.compactMap { fold($0) }
        return texts.count == parts.count ? texts.joined(separator: separator) : nil
      case "replace": return replaced(base, arguments)
      default: return nil
      }
    case .call(.attribute(let base, let name, _), let arguments, _):
      switch name {
      case "lower": return fold(base)?.lowercased()
      case "upper": return fold(base)?.uppercased()
      case "strip": return arguments.isEmpty ? fold(base) : nil
      case "replace": return replaced(base, arguments)
      case "join":
        guard let separator = fold(base), case .list(let parts)? = arguments.first?.value else { return nil }
        let texts = parts.compactMap { fold($0) }
        return texts.count == parts.count ? texts.joined(separator: separator) : nil
      default: return nil
      }
    case .item(let base, .slice(let parts), _):
      // `'__ssalc__'[::-1]`
      guard let text = fold(base), parts.count == 1, constant(parts[0]) == -1 else { return nil }
      return String(text.reversed())
    default: return nil
    }
  }

  private func replaced(_ base: JinjaExpression, _ arguments: [JinjaExpression.Argument]) -> String? {
    guard let text = fold(base), arguments.count == 2, let from = fold(arguments[0].value),
      let to = fold(arguments[1].value), !from.isEmpty, text.utf8.count < 4096, to.utf8.count < 4096
    else { return nil }
    return text.replacing(from, with: to)
  }

  /// The whole number that an expression always gives.
  func constant(_ expression: JinjaExpression) -> Int64? {
    switch expression {
    case .integer(let value): return value ?? .max
    case .name(let name, _): return notNumbers.contains(name) ? nil : numbers[name]
    case .unary("-", let value): return constant(value).map { $0 == .min ? .max : -$0 }
    case .unary("+", let value): return constant(value)
    case .operation(let values, let signs, _):
      guard var total = constant(values[0]) else { return nil }
      for (sign, value) in zip(signs, values.dropFirst()) {
        guard let next = constant(value) else { return nil }
        switch sign {
        case "+": total = total.addingReportingOverflow(next).overflow ? .max : total + next
        case "-": total = total.subtractingReportingOverflow(next).overflow ? .min : total - next
        case "*": total = total.multipliedReportingOverflow(by: next).overflow ? .max : total * next
        case "//": total = next == 0 || total == .min ? total : total / next
        case "**":
          var power: Int64 = 1
          for _ in 0..<min(max(next, 0), 64) {
            power = power.multipliedReportingOverflow(by: total).overflow ? .max : power * total
          }
          total = power
        default: return nil
        }
      }
      return total
    case .filter(let base?, "int", _, _): return constant(base)
    default: return nil
    }
  }

  /// How many times a loop over a constant range runs.
  func constantCount(_ over: JinjaExpression) -> Int64? {
    switch over {
    case .call(.name("range", _), let arguments, _): constantRange(arguments)
    case .list(let values): Int64(values.count)
    case .filter(let base?, _, _, _): constantCount(base)
    default: nil
    }
  }

  func constantRange(_ arguments: [JinjaExpression.Argument]) -> Int64? {
    let numbers = arguments.compactMap { constant($0.value) }
    guard numbers.count == arguments.count, let first = numbers.first else { return nil }
    if numbers.count == 1 { return max(0, first) }
    let step = numbers.count > 2 ? max(1, abs(numbers[2] == .min ? .max : numbers[2])) : 1
    let (span, overflow) = numbers[1].subtractingReportingOverflow(first)
    return overflow || span == .min ? .max : abs(span) / step
  }
}
