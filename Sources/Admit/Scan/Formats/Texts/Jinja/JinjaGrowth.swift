// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletFormats

/// How large the values of a template become, and how often its macros are called, when what the caller gives counts as
/// one: as powers of two, from above. Values that are joined with each other again and again, under however many names,
/// fill the memory of whoever renders the template.
struct JinjaGrowth {
  /// What grows too far, and where it stands.
  private(set) var problem: (what: String, construct: String, offset: Int?)?

  private let judge: JinjaJudge
  private var sizes: [String: Double] = [:]
  private var macros: [String: [JinjaStatement]] = [:]
  private var macroSizes: [String: (size: Double, calls: Double)] = [:]
  private var open: Set<String> = []
  /// What loops that are open go over.
  private var loops: [String: Int] = [:]
  /// The calls of what is being looked at.
  private var calls = -Double.infinity

  /// 16 MB of what the template itself makes.
  private static let mostSize = 24.0
  private static let mostCalls = 20.0
  /// What a number that the caller gives is taken for.
  private static let givenNumber = 10.0

  init(_ judge: JinjaJudge) {
    self.judge = judge
    collect(judge.statements)
    _ = size(of: judge.statements)
  }

  private mutating func collect(_ statements: [JinjaStatement]) {
    for statement in statements {
      switch statement.kind {
      case .macro(let name, _, let body):
        macros[name] = body
        collect(body)
      case .choice(let branches): for branch in branches { collect(branch.body) }
      case .loop(_, _, _, let body, let otherwise): collect(body + otherwise)
      case .assign(_, _, _, let body), .callBlock(_, _, let body), .block(_, _, _, let body): collect(body)
      case .data, .output, .jump, .foreign: break
      }
    }
  }

  private mutating func report(_ what: String, _ construct: String, _ offset: Int?) {
    if problem == nil { problem = (what, construct, offset) }
  }

  private static func sum(_ left: Double, _ right: Double) -> Double {
    let large = max(left, right)
    guard large.isFinite else { return large }
    return large + log2(1 + exp2(min(left, right) - large))
  }

  private static func bits(_ value: Int64) -> Double { log2(max(1, Double(value.magnitude))) }

  // MARK: Statements

  /// The size of what statements put out.
  private mutating func size(of statements: [JinjaStatement]) -> Double {
    var total = -Double.infinity
    for statement in statements where problem == nil { total = Self.sum(total, size(of: statement)) }
    if total > Self.mostSize {
      report("what the template puts out grows without bound", "output", statements.first?.offset)
    }
    return total
  }

  private mutating func size(of statement: JinjaStatement) -> Double {
    switch statement.kind {
    case .data(let text): return Self.bits(Int64(text.utf8.count))
    case .jump, .foreign, .macro: return -.infinity
    case .output(let value): return size(of: value, statement.offset)
    case .choice(let branches):
      var largest = -Double.infinity
      for branch in branches { largest = max(largest, size(of: branch.body)) }
      return largest
    case .loop(_, let over, _, let body, let otherwise):
      let count = judge.constantCount(over).map { Self.bits($0) } ?? max(0, turns(of: over))
      let name = Self.root(of: over)
      loops[name, default: 0] += 1
      if loops[name]! > 3, name != "" {
        report("loops in each other go over the same values \(loops[name]!) times", name, statement.offset)
      }
      let outer = calls
      calls = -.infinity
      let inner = size(of: body) + count
      calls = Self.sum(outer, calls + count)
      loops[name]! -= 1
      return Self.sum(inner, size(of: otherwise))
    case .assign(let targets, let value, _, let body):
      let size = value.map { self.size(of: $0, statement.offset) } ?? size(of: body)
      if size > Self.mostSize {
        report(
          "a value grows to more than \(Int(size)) powers of two", targets.joined(separator: ", "),
          statement.offset)
      }
      if let value, case .call(.name("namespace", _), let arguments, _) = value, let target = targets.first {
        for argument in arguments {
          if let name = argument.name {
            hold(target + "." + name, self.size(of: argument.value, statement.offset))
          }
        }
      } else {
        for target in targets { hold(target, size) }
      }
      return -.infinity
    case .callBlock(let call, _, let body): return Self.sum(size(of: call, statement.offset), size(of: body))
    case .block(_, _, _, let body): return size(of: body)
    }
  }

  private mutating func hold(_ name: String, _ size: Double) { sizes[name] = max(sizes[name] ?? size, size) }

  /// How often a loop over something runs that is made from what the caller gave.
  private mutating func turns(of over: JinjaExpression) -> Double {
    if case .call(.name("range", _), let arguments, _) = over {
      let most = arguments.map { number($0.value) }.max() ?? 0
      return most > Self.givenNumber + 2 ? most : 0
    }
    return 0
  }

  private static func root(of expression: JinjaExpression) -> String {
    switch expression {
    case .name(let name, _): name
    case .filter(let base?, _, _, _): root(of: base)
    default: ""
    }
  }

  // MARK: Expressions

  /// How many bits a number has at most.
  private mutating func number(_ expression: JinjaExpression) -> Double {
    if let constant = judge.constant(expression) { return Self.bits(constant) }
    switch expression {
    case .operation(let values, let signs, _):
      var total = number(values[0])
      for (sign, value) in zip(signs, values.dropFirst()) {
        let next = number(value)
        switch sign {
        case "*": total += next
        case "**": total *= exp2(min(next, 16))
        default: total = max(total, next) + 1
        }
      }
      return total
    case .unary(_, let value): return number(value)
    case .float: return 0
    default: return Self.givenNumber
    }
  }

  private mutating func size(of expression: JinjaExpression, _ offset: Int?) -> Double {
    guard problem == nil else { return 0 }
    switch expression {
    case .text(let text): return Self.bits(Int64(text.utf8.count))
    case .integer, .float, .constant, .test, .slice: return 0
    case .name(let name, _): return sizes[name] ?? 0
    case .attribute(.name(let space, _), let field, _): return sizes[space + "." + field] ?? sizes[space] ?? 0
    case .attribute(let base, _, _), .item(let base, _, _): return size(of: base, offset)
    case .unary(_, let value): return size(of: value, offset)
    case .conditional(let value, _, let otherwise):
      return max(size(of: value, offset), otherwise.map { size(of: $0, offset) } ?? 0)
    // A list is more than the numbers in it.
    case .list(let values): return max(0.01, all(values, offset))
    case .dict(let entries): return all(entries.map(\.value), offset)
    case .operation(let values, let signs, _): return size(of: values, signs, offset)
    case .call(let callee, let arguments, _): return size(ofCall: callee, arguments, offset)
    case .filter(let base, let name, let arguments, _):
      return size(of: base.map { size(of: $0, offset) } ?? 0, base, through: name, arguments, offset)
    }
  }

  private mutating func all(_ values: [JinjaExpression], _ offset: Int?) -> Double {
    var total = 0.0
    for (index, value) in values.enumerated() {
      let size = size(of: value, offset)
      total = index == 0 ? max(0, size) : Self.sum(total, size)
    }
    return total
  }

  private mutating func size(of values: [JinjaExpression], _ signs: [String], _ offset: Int?) -> Double {
    switch signs.first {
    case "~": return all(values, offset)
    case "+":
      let size = all(values, offset)
      // A sum of numbers is a number.
      let isNumber = judge.content(of: .operation(values, signs, at: offset ?? 0)) == .number
      return isNumber && values.allSatisfy { self.size(of: $0, offset) <= 0 } ? 0 : size
    case "*":
      var total = 0.0
      for value in values {
        total += judge.constant(value).map { Self.bits($0) } ?? size(of: value, offset)
      }
      let isNumber = values.allSatisfy { judge.content(of: $0) == .number }
      return isNumber ? 0 : total
    case "%": return all(values, offset) + Self.width(of: judge.fold(values[0]) ?? "")
    default: return values.reduce(0) { max($0, size(of: $1, offset)) }
    }
  }

  private mutating func size(
    ofCall callee: JinjaExpression, _ arguments: [JinjaExpression.Argument], _ offset: Int?
  ) -> Double {
    switch callee {
    case .name("range", _):
      let most = arguments.map { number($0.value) }.max() ?? 0
      if most > Self.mostSize {
        report("a range is as long as the template makes it", "range", offset)
      }
      return judge.constantRange(arguments).map { Self.bits($0) } ?? 0
    case .name(let name, _):
      guard macros[name] != nil else { return all(arguments.map(\.value), offset) }
      let macro = macroSize(name)
      calls = Self.sum(calls, max(0, macro.calls))
      if calls > Self.mostCalls { report("macros call each other more than a million times", name, offset) }
      return Self.sum(macro.size, all(arguments.map(\.value), offset))
    case .attribute(let base, let name, _):
      return size(of: size(of: base, offset), base, through: name, arguments, offset)
    default: return all(arguments.map(\.value), offset)
    }
  }

  /// What a macro puts out, and how many calls it makes. One that calls itself is judged elsewhere.
  private mutating func macroSize(_ name: String) -> (size: Double, calls: Double) {
    if let known = macroSizes[name] { return known }
    guard let body = macros[name], open.count < 64, open.insert(name).inserted else { return (0, 0) }
    let outer = calls
    calls = 0
    let size = max(0, self.size(of: body))
    let result = (size, calls)
    calls = outer
    open.remove(name)
    macroSizes[name] = result
    return result
  }

  /// What filters and methods make of a text or a list.
  private mutating func size(
    of base: Double, _ value: JinjaExpression?, through name: String, _ arguments: [JinjaExpression.Argument],
    _ offset: Int?
  ) -> Double {
    func first(_ growth: inout JinjaGrowth) -> Double {
      arguments.first.map { growth.size(of: $0.value, offset) } ?? 0
    }
    switch name {
    case "length", "count", "int", "float", "abs", "round", "wordcount", "sum", "find", "index": return 0
    case "join":
      // The separator stands between the items, whichever of the two is the list.
      return base + first(&self)
    case "replace":
      guard arguments.count >= 2 else { return base }
      guard let from = judge.fold(arguments[0].value) else {
        return base + size(of: arguments[1].value, offset)
      }
      return base + max(0, size(of: arguments[1].value, offset) - Self.bits(Int64(from.utf8.count)))
    case "format":
      let fields = value.flatMap { judge.fold($0) } ?? ""
      return Self.sum(base, all(arguments.map(\.value), offset)) + Self.width(of: fields)
    case "indent":
      let width = arguments.first.map {
        judge.constant($0.value) == nil ? size(of: $0.value, offset) : number($0.value)
      }
      return base + (width ?? 2)
    case "center", "ljust", "rjust", "zfill", "batch", "slice", "truncate", "wordwrap", "expandtabs":
      return max(base, arguments.map { number($0.value) }.filter { $0 > Self.givenNumber + 2 }.max() ?? 0)
    case "append", "extend", "update", "setdefault", "insert": return base
    case "default", "d", "get", "pop": return arguments.reduce(base) { max($0, size(of: $1.value, offset)) }
    default: return base
    }
  }

  /// The largest width in a format: `%9999d`, `{:>9999}`.
  private static func width(of format: String) -> Double {
    var largest = 0.0
    for field in format.split(omittingEmptySubsequences: true, whereSeparator: { "%{".contains($0) }) {
      for digits in field.prefix(64).split(whereSeparator: { !("0"..."9").contains($0) }) {
        // What is no field is text with a number in it.
        guard digits.count > 3, field.prefix(2).contains(where: { ":.<>=^+-#0123456789".contains($0) }) else {
          continue
        }
        largest = max(largest, bits(Int64(digits) ?? .max))
      }
    }
    return largest
  }
}
