// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

extension JinjaJudge {
  // MARK: Growth

  /// How often a name stands in an expression.
  func mentions(of name: String, in expression: JinjaExpression) -> Int {
    var copy = self
    var count = 0
    copy.visit(expression) { _, part in
      switch part {
      case .name(let found, _) where found == name: count += 1
      case .attribute(.name(let space, _), let field, _) where space + "." + field == name: count += 1
      default: break
      }
    }
    return count
  }

  /// Whether the value joins a text or a list with itself: `s ~ s`, `[s, s]|join`.
  func grows(_ expression: JinjaExpression, into target: String) -> Bool {
    switch expression {
    case .operation(let values, let signs, _):
      guard signs.contains("~") || signs.contains("+") else { return false }
      if content(of: expression) == .number { return false }
      let names = values.compactMap { name(of: $0) }.filter { $0 == target || $0.contains(".") }
      return Set(names).count < names.count
    case .list(let values):
      let names = values.compactMap { name(of: $0) }.filter { $0 == target || $0.contains(".") }
      return Set(names).count < names.count
    case .filter(let base?, _, _, _): return grows(base, into: target)
    case .call(.attribute(let base, "join", _), let arguments, _):
      return arguments.contains { grows($0.value, into: target) } || grows(base, into: target)
    default: return false
    }
  }

  /// Whether the value is a text or a list times something, or with longer texts put into it.
  func multiplies(_ expression: JinjaExpression, into target: String) -> Bool {
    guard target.contains(".") else { return false }
    switch expression {
    case .operation(let values, let signs, _):
      return signs.contains("*") && values.contains { name(of: $0) == target }
        && (variables[target] ?? .data) != .number
    case .call(.attribute(let base, "replace", _), let arguments, _),
      .filter(let base?, "replace", let arguments, _):
      guard mentions(of: target, in: base) > 0, arguments.count >= 2, let from = fold(arguments[0].value)
      else { return false }
      guard let to = fold(arguments[1].value) else { return mentions(of: target, in: arguments[1].value) > 0 }
      return to.utf8.count > from.utf8.count && to.contains(from)
    default: return false
    }
  }

  /// Numbers, parameters, and sums of them.
  func isArithmetic(_ expression: JinjaExpression, over names: Set<String>) -> Bool {
    switch expression {
    case .integer, .float: true
    case .name(let name, _): names.contains(name)
    case .operation(let values, let signs, _):
      signs.allSatisfy { ["+", "-", "*", "//", "/", "~"].contains($0) }
        && values.allSatisfy { isArithmetic($0, over: names) }
    case .unary(_, let value): isArithmetic(value, over: names)
    default: false
    }
  }

  // MARK: Numbers in variables

  mutating func learnNumbers() { for statement in statements { learnNumbers(statement) } }

  private mutating func learnNumbers(_ statement: JinjaStatement) {
    func all(_ statements: [JinjaStatement], _ judge: inout JinjaJudge) {
      for statement in statements { judge.learnNumbers(statement) }
    }
    switch statement.kind {
    case .data, .output, .jump, .foreign: break
    case .choice(let branches): for branch in branches { all(branch.body, &self) }
    case .loop(let target, _, _, let body, let otherwise):
      notNumbers.formUnion(target)
      all(body + otherwise, &self)
    case .assign(let targets, let value, _, let body):
      if targets.count == 1, let value, let number = constant(value) {
        numbers[targets[0]] = max(numbers[targets[0]] ?? number, number)
      } else {
        notNumbers.formUnion(targets)
      }
      all(body, &self)
    case .macro(_, let parameters, let body), .callBlock(_, let parameters, let body),
      .block(_, _, let parameters, let body):
      notNumbers.formUnion(parameters.map(\.name))
      all(body, &self)
    }
  }

  private func name(of expression: JinjaExpression) -> String? {
    switch expression {
    case .name(let name, _): name
    case .attribute(.name(let space, _), let field, _): space + "." + field
    default: nil
    }
  }
}
