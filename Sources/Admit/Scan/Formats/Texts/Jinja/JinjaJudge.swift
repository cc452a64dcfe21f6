// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// Judges a parsed template by positive proof: statements, names, attributes, methods, filters and tests must each be known
/// to make nothing but text and plain values. What is computed at run time — the name of an attribute, a format string —
/// must not be made of the template's own strings, because Jinja turns any string into an attribute's name.
struct JinjaJudge {
  let statements: [JinjaStatement]
  var notes = Notes()
  /// What the certificate lists.
  var covered: Set<String> = []
  /// What each variable may hold, over the whole template.
  var variables: [String: JinjaContent] = [:]
  var macros: [String: [JinjaStatement.Parameter]] = [:]
  /// A string of the template from which the name of something inside Python could be put together.
  var suspicious: String?
  /// How often what is being looked at is repeated by loops over constant ranges.
  var repeats: Int64 = 1
  /// How many loops are around what is being looked at.
  var loops = 0
  /// Numbers that variables always hold; the largest of each.
  var numbers: [String: Int64] = [:]
  /// Variables that hold anything else.
  var notNumbers: Set<String> = []
  /// Values that were joined with themselves.
  private var doublings = 0

  init(_ statements: [JinjaStatement]) { self.statements = statements }

  mutating func run() {
    // What variables hold grows until nothing changes.
    for _ in 0..<12 {
      let before = variables
      learn(statements)
      if before == variables { break }
    }
    learnNumbers()
    findStrings(statements)
    judge(statements)
    if let problem = JinjaGrowth(self).problem { exhausts(problem.what, problem.construct, problem.offset) }
    judgeTexts(statements)
  }

  // MARK: Notes

  mutating func escape(_ message: String, _ construct: String, _ offset: Int?) {
    notes.add(.templateEscape, message, construct: construct, at: offset)
  }

  mutating func unproved(_ message: String, _ name: String, _ offset: Int?) {
    notes.add(.templateConstruct, message, construct: name, at: offset, allow: "jinja:" + name)
  }

  mutating func exhausts(_ message: String, _ construct: String, _ offset: Int?) {
    notes.add(.templateExhausts, message, construct: construct, at: offset)
  }

  // MARK: Statements

  mutating func judge(_ statements: [JinjaStatement]) { for statement in statements { judge(statement) } }

  private mutating func judge(_ statement: JinjaStatement) {
    switch statement.kind {
    case .data, .jump: break
    case .output(let value): judge(value)
    case .choice(let branches):
      for branch in branches {
        if let condition = branch.condition { judge(condition) }
        judge(branch.body)
      }
    case .loop(let target, let over, let condition, let body, let otherwise):
      for name in target { judgeName(name, statement.offset) }
      judge(over)
      if let condition { judge(condition) }
      let outer = repeats
      if let count = constantCount(over) {
        repeats =
          repeats.multipliedReportingOverflow(by: max(1, count)).overflow ? .max : repeats * max(1, count)
        if repeats > Self.mostRepeats {
          exhausts(
            "loops over constant ranges run \(repeats) times", "for \(target.joined(separator: ", "))",
            statement.offset)
        }
      }
      loops += 1
      judge(body)
      loops -= 1
      repeats = outer
      judge(otherwise)
    case .assign(let targets, let value, let filters, let body):
      for name in targets { judgeName(name, statement.offset) }
      if let value {
        judge(value)
        judgeGrowth(targets, value, statement.offset)
      }
      for filter in filters { judge(filter) }
      judge(body)
    case .macro(let name, let parameters, let body):
      judgeName(name, statement.offset)
      judge(parameters, statement.offset)
      judgeRecursion(name, parameters, body, statement.offset)
      judge(body)
    case .callBlock(let call, let parameters, let body):
      judge(call)
      judge(parameters, statement.offset)
      judge(body)
    case .block(_, let expressions, let parameters, let body):
      for expression in expressions { judge(expression) }
      judge(parameters, statement.offset)
      judge(body)
    case .foreign(let tag):
      unproved("the tag '\(tag)' takes in another template, which is not here", tag, statement.offset)
    }
  }

  private mutating func judge(_ parameters: [JinjaStatement.Parameter], _ offset: Int) {
    for parameter in parameters {
      judgeName(parameter.name, offset)
      if let value = parameter.value { judge(value) }
    }
  }

  static let mostRepeats: Int64 = 1_000_000

  /// A value that is joined with itself doubles each time.
  private mutating func judgeGrowth(_ targets: [String], _ value: JinjaExpression, _ offset: Int) {
    guard targets.count == 1 else { return }
    let isOwn = mentions(of: targets[0], in: value) > 0
    let isDoubled = grows(value, into: targets[0])
    if isDoubled { doublings += 1 }
    // A field of a namespace outlives the turns of a loop.
    if (loops > 0 && isDoubled) || doublings > 16
      || (loops > 0 && isOwn && multiplies(value, into: targets[0]))
    {
      exhausts("a value is joined with itself again and again and grows without bound", targets[0], offset)
    }
  }

  /// A macro that calls itself twice with nothing but numbers of its own.
  private mutating func judgeRecursion(
    _ name: String, _ parameters: [JinjaStatement.Parameter], _ body: [JinjaStatement], _ offset: Int
  ) {
    let own = Set(parameters.map(\.name))
    var calls = 0
    for statement in body {
      each(of: statement) { judge, expression in
        judge.visit(expression) { judge, part in
          guard case .call(.name(name, _), let arguments, _) = part else { return }
          if arguments.allSatisfy({ judge.isArithmetic($0.value, over: own) }) { calls += 1 }
        }
      }
    }
    if calls >= 2 { exhausts("a macro calls itself \(calls) times and never runs out of data", name, offset) }
  }

  // MARK: Names

  mutating func judgeName(_ name: String, _ offset: Int) {
    if let inside = JinjaNames.dunder(in: name) { return escape("it names \(inside)", name, offset) }
    if JinjaNames.doors.contains(name), variables[name] == nil {
      unproved(
        "'\(name)' is an object that some frameworks give to templates and that leads to Python", name, offset
      )
    }
    if name.utf8.contains(where: { $0 >= 0x80 }) {
      unproved("the name '\(name)' is not written in plain letters", "name", offset)
    }
  }

  /// The name of an attribute, whichever way it is reached.
  mutating func judgeAttribute(_ name: String, isCalled: Bool = false, _ offset: Int) {
    if let inside = JinjaNames.insides(name) ?? (name.hasPrefix("__") ? name : nil) {
      return escape("it reaches for '\(inside)', which leads out of the template into Python", name, offset)
    }
    if name.hasPrefix("_") { return unproved("it reaches for the private attribute '\(name)'", name, offset) }
    guard isCalled else { return }
    if JinjaNames.harmfulMethods.contains(name) {
      escape("it calls '\(name)', which no text, list or dictionary has", name, offset)
    } else if JinjaNames.methods.contains(name) {
      if covered.count < 256 { covered.insert("jinja:.\(name)()") }
    } else {
      unproved("the method '\(name)' is not one of text, lists and dictionaries", name, offset)
    }
  }

  /// The name of an attribute that is computed.
  mutating func judgeComputed(_ key: JinjaExpression, _ what: String, _ offset: Int) {
    if let constant = fold(key) { return judgeAttribute(constant, offset) }
    guard content(of: key).contains(.made) else { return }
    if let suspicious {
      escape("\(what) is put together from strings such as '\(suspicious)'", what, offset)
    } else {
      unproved("\(what) is put together while the template runs", "computed-name", offset)
    }
  }
}

/// Where the strings in a value can come from.
struct JinjaContent: OptionSet, Sendable {
  let rawValue: UInt8
  static let number = JinjaContent(rawValue: 1)
  /// From the caller: messages, tools, tokens.
  static let data = JinjaContent(rawValue: 2)
  /// Whole strings of the template that are harmless as names.
  static let word = JinjaContent(rawValue: 4)
  /// Put together by the template, or one of its strings that is not harmless as a name.
  static let made = JinjaContent(rawValue: 8)
}
