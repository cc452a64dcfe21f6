// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

extension JinjaJudge {
  mutating func judge(_ expression: JinjaExpression) {
    switch expression {
    case .text, .float, .constant: break
    case .integer(let value):
      if value == nil { exhausts("a number is larger than 64 bits", "number", nil) }
    case .name(let name, let offset): judgeName(name, offset)
    case .attribute(let base, let name, let offset):
      judge(base)
      if case .name(let root, _) = base, JinjaNames.doors.contains(root), name.hasPrefix("_") {
        escape(
          "it reaches for '\(name)' of '\(root)', which leads out of the template into Python", name, offset)
      } else {
        judgeAttribute(name, offset)
      }
    case .item(let base, let key, let offset):
      judge(base)
      judge(key)
      judgeKey(key, offset)
      // A text has no items with names: whatever the caller gives would be the name of an attribute.
      if case .text = base, case .data = content(of: key) {
        unproved("what the caller gives names an attribute of a text", "computed-name", offset)
      }
    case .slice(let parts): for part in parts { judge(part) }
    case .call(let callee, let arguments, let offset):
      judgeCall(callee, arguments, offset)
      for argument in arguments { judge(argument.value) }
    case .filter(let base, let name, let arguments, let offset):
      if let base { judge(base) }
      for argument in arguments { judge(argument.value) }
      judgeFilter(base, name, arguments, offset)
    case .test(let base, let name, let arguments, let offset):
      judge(base)
      for argument in arguments { judge(argument.value) }
      if !JinjaNames.tests.contains(name) {
        unproved("the test '\(name)' is not one of Jinja's", name, offset)
      }
    case .operation(let values, let signs, let offset):
      for value in values { judge(value) }
      judgeOperation(values, signs, offset)
    case .unary(_, let value): judge(value)
    case .conditional(let value, let condition, let otherwise):
      judge(value)
      judge(condition)
      if let otherwise { judge(otherwise) }
    case .list(let values): for value in values { judge(value) }
    case .dict(let entries):
      for entry in entries {
        if let key = entry.key { judge(key) }
        judge(entry.value)
      }
    }
  }

  private mutating func judgeKey(_ key: JinjaExpression, _ offset: Int) {
    switch key {
    case .integer, .slice: break
    case .text(let name): judgeAttribute(name, offset)
    case .list(let keys): for key in keys { judgeComputed(key, "a subscript", offset) }
    default: judgeComputed(key, "a subscript", offset)
    }
  }

  private mutating func judgeCall(
    _ callee: JinjaExpression, _ arguments: [JinjaExpression.Argument], _ offset: Int
  ) {
    switch callee {
    case .name(let name, _):
      judgeName(name, offset)
      guard macros[name] == nil else { break }
      guard JinjaNames.functions.contains(name) else {
        if !JinjaNames.doors.contains(name) || variables[name] != nil {
          unproved("'\(name)' is called, and nobody knows what it is", name, offset)
        } else {
          escape("it calls '\(name)'", name, offset)
        }
        break
      }
      if covered.count < 256 { covered.insert("jinja:\(name)()") }
      if name == "range", let count = constantRange(arguments), count > Self.mostRepeats {
        exhausts("a range has \(count) numbers", "range(\(count))", offset)
      }
    case .attribute(let base, let name, let at):
      judge(base)
      judgeAttribute(name, isCalled: true, at)
      judgeMethod(base, name, arguments, offset)
    case .item(let base, let key, let at):
      judge(base)
      judge(key)
      judgeKey(key, at)
      if case .text(let name) = key {
        judgeAttribute(name, isCalled: true, at)
        judgeMethod(base, name, arguments, offset)
      } else {
        unproved("what a subscript gives is called", "computed-call", at)
      }
    case .call(.name("cycler", _), _, _), .call(.name("joiner", _), _, _): judge(callee)
    default:
      judge(callee)
      unproved("the result of an expression is called", "computed-call", offset)
    }
  }

  private mutating func judgeMethod(
    _ base: JinjaExpression, _ name: String, _ arguments: [JinjaExpression.Argument], _ offset: Int
  ) {
    switch name {
    case "format":
      guard let text = fold(base) else {
        unproved("a format string is not written out, and its fields can name attributes", "format", offset)
        return
      }
      judgeFormat(text, offset)
    case "center", "ljust", "rjust", "zfill":
      if let width = arguments.first.flatMap({ constant($0.value) }), width > Self.mostRepeats {
        exhausts("a text is padded to \(width) characters", name, offset)
      }
    default: break
    }
  }

  /// `'{0.__class__}'.format(x)` reads attributes.
  private mutating func judgeFormat(_ text: String, _ offset: Int) {
    if let inside = JinjaNames.dunder(in: text) {
      return escape("a format string reads '\(inside)'", text, offset)
    }
    var isField = false
    for character in text {
      switch character {
      case "{": isField = true
      case "}": isField = false
      case ".", "[":
        if isField { return unproved("a format string reads attributes", "format", offset) }
      case ":": isField = false
      default: break
      }
    }
  }

  private mutating func judgeFilter(
    _ base: JinjaExpression?, _ name: String, _ arguments: [JinjaExpression.Argument], _ offset: Int
  ) {
    guard JinjaNames.filters.contains(name) else {
      return unproved("the filter '\(name)' is not one of Jinja's", name, offset)
    }
    if covered.count < 256 { covered.insert("jinja:|\(name)") }
    let first = arguments.first { $0.name == nil }?.value
    let attribute = arguments.first { $0.name == "attribute" }?.value
    switch name {
    case "attr":
      guard let first else { return }
      judgePath(first, isSingle: true, offset)
    case "map":
      if let attribute { judgePath(attribute, offset) }
      if let first {
        if let inner = fold(first) {
          if inner == "attr", arguments.count > 1 { judgePath(arguments[1].value, isSingle: true, offset) }
          if !JinjaNames.filters.contains(inner) {
            unproved("the filter '\(inner)' is not one of Jinja's", inner, offset)
          }
        } else {
          unproved("the name of a filter is computed", "computed-filter", offset)
        }
      }
    case "select", "reject":
      if let first { judgeTest(first, offset) }
    case "selectattr", "rejectattr":
      if let first { judgePath(first, offset) }
      if arguments.count > 1, arguments[1].name == nil { judgeTest(arguments[1].value, offset) }
    case "groupby":
      if let path = first ?? attribute { judgePath(path, offset) }
    case "sort", "sum", "unique", "min", "max", "join":
      if let attribute { judgePath(attribute, offset) }
      if name == "join", arguments.count > 1, arguments[1].name == nil {
        judgePath(arguments[1].value, offset)
      }
      if name == "sum", let first { judgePath(first, offset) }
    case "format":
      if let base, fold(base) == nil { unproved("a format string is not written out", "format", offset) }
    case "indent", "center", "truncate", "batch", "slice", "wordwrap", "round":
      for argument in arguments {
        if let width = constant(argument.value), width > Self.mostRepeats {
          exhausts("a text is padded to \(width) characters", name, offset)
        }
      }
    default: break
    }
  }

  private mutating func judgeTest(_ name: JinjaExpression, _ offset: Int) {
    guard let test = fold(name) else {
      return unproved("the name of a test is computed", "computed-test", offset)
    }
    if !JinjaNames.tests.contains(test) { unproved("the test '\(test)' is not one of Jinja's", test, offset) }
  }

  /// The argument of a filter that names an attribute, with dots between steps.
  private mutating func judgePath(_ path: JinjaExpression, isSingle: Bool = false, _ offset: Int) {
    if case .integer = path { return }
    guard let text = fold(path) else {
      if content(of: path).isSubset(of: [.word, .number]) { return }
      return escape("the attribute that a filter takes is computed while the template runs", "|attr", offset)
    }
    for step in isSingle ? [text[...]] : text.split(separator: ".") { judgeAttribute(String(step), offset) }
  }

  private mutating func judgeOperation(_ values: [JinjaExpression], _ signs: [String], _ offset: Int) {
    guard let first = signs.first else { return }
    switch first {
    case "*", "/", "//", "%":
      if signs.contains("%"), fold(values[0]) == nil, content(of: values[0]).contains(.made),
        !content(of: values[0]).contains(.number)
      {
        unproved("a format string is computed", "format", offset)
      }
      var size: Int64 = 1
      var isText = false
      for (index, value) in values.enumerated() where index == 0 || signs[index - 1] == "*" {
        if let number = constant(value) {
          size =
            size.multipliedReportingOverflow(by: max(1, abs(number == .min ? .max : number))).overflow
            ? .max : size * max(1, abs(number == .min ? .max : number))
        } else if isContainer(value) {
          isText = true
        }
      }
      if isText,
        size > Self.mostRepeats
          || (size.multipliedReportingOverflow(by: repeats).overflow || size * repeats > 1 << 30)
      {
        exhausts("a text or a list is repeated \(size) times", "*", offset)
      }
    case "**":
      if constant(.operation(values, signs, at: offset)) == nil
        || constant(.operation(values, signs, at: offset))! > 1 << 40
      {
        exhausts("a power has no small bound", "**", offset)
      }
    default: break
    }
  }

  private func isContainer(_ value: JinjaExpression) -> Bool {
    switch value {
    case .text, .list: true
    case .operation(_, let signs, _): signs.first == "~"
    case .filter(_, let name, _, _): !["length", "count", "int", "float", "abs", "round"].contains(name)
    default: false
    }
  }
}
