// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

extension PickleMachine {
  /// A value as the Python expression that would make it, cut where it gets long.
  func describe(_ value: PickleValue) -> String {
    var budget = 400
    return describe(value, depth: 0, &budget)
  }

  func expression(_ callee: PickleValue, _ arguments: PickleValue, _ manner: Manner) -> String {
    var budget = 400
    let name = describe(callee, depth: 0, &budget)
    if let code = code(arguments, &budget) { return "\(name)(\(code))" }
    let isPlain = callee.kind == .global || callee.kind == .foreign || callee.kind == .instance
    var listed = ""
    if arguments.kind == .tuple, let parts = cells.contents(arguments) {
      listed = parts.items.map { describe($0, depth: 1, &budget) }.joined(separator: ", ")
      if parts.count > parts.items.count { listed += ", …" }
    } else {
      listed = "*" + describe(arguments, depth: 1, &budget)
    }
    if case .newWithKeywords(let keywords) = manner {
      listed += (listed.isEmpty ? "**" : ", **") + describe(keywords, depth: 1, &budget)
    }
    return (isPlain ? name : "(\(name))") + "(\(listed))"
  }

  /// As a Python programmer would write it: what is built in needs no module.
  private func shown(_ global: PickleFacts.Global) -> String {
    global.module == "builtins" || global.module == "__builtin__"
      ? escaped(global.name) : escaped(global.construct)
  }

  private func describe(_ value: PickleValue, depth: Int, _ budget: inout Int) -> String {
    guard budget > 0, depth < 8 else { return "…" }
    let text: String
    switch value.kind {
    case .none: text = "None"
    case .bool, .integer, .float, .text, .bytes, .byteArray: text = literal(value, budget)
    case .global: text = shown(facts.globals[value.payload])
    case .instance: text = allow.entries[value.payload].construct + "(…)"
    case .foreign: text = String(expressions[value.payload].prefix(budget))
    case .persistent: text = "<storage>"
    case .buffer: text = "<buffer>"
    case .tuple, .list, .dict, .set, .frozenSet:
      guard let parts = cells.contents(value) else {
        budget -= 3
        return "…"
      }
      budget -= 2
      var shown: [String] = []
      if value.kind == .dict {
        var rest = parts.items
        while let key = rest.popFirst(), let item = rest.popFirst() {
          shown.append(
            describe(key, depth: depth + 1, &budget) + ": " + describe(item, depth: depth + 1, &budget))
        }
      } else {
        shown = parts.items.map { describe($0, depth: depth + 1, &budget) }
      }
      if parts.count > parts.items.count { shown.append("…") }
      let inner = shown.joined(separator: ", ")
      return switch value.kind {
      case .tuple: parts.count == 1 ? "(\(inner),)" : "(\(inner))"
      case .list: "[\(inner)]"
      case .dict: "{\(inner)}"
      case .set: inner.isEmpty ? "set()" : "{\(inner)}"
      default: "frozenset({\(inner)})"
      }
    }
    budget -= text.utf8.count
    return text
  }

  /// The arguments of `types.CodeType`: a compiled function, as its names and constants tell it.
  private func code(_ arguments: PickleValue, _ budget: inout Int) -> String? {
    guard let parts = cells.contents(arguments), parts.count >= 12 else { return nil }
    let items = Array(parts.items)
    guard let body = items.firstIndex(where: { $0.kind == .bytes }), body >= 4, body <= 6,
      items[..<body].allSatisfy({ $0.kind == .integer }), items.count > body + 3,
      items[body + 1...body + 3].allSatisfy({ $0.kind == .tuple })
    else { return nil }
    let names = describe(items[body + 2], depth: 1, &budget)
    let constants = describe(items[body + 1], depth: 1, &budget)
    let texts = items[(body + 4)...].filter { $0.kind == .text }.compactMap { constantText($0, limit: 80) }
    let title = texts.dropFirst().first ?? "code"
    return "<code of \(title), which uses \(names) and \(constants)>"
  }

  /// Reads a constant again from where its opcode stands.
  private func instruction(_ value: PickleValue) -> PickleInstruction? {
    var lexer = PickleLexer(bytes, at: value.payload)
    return try? lexer.next()
  }

  /// Where the bytes or the text of a constant lie, when they lie there as they are.
  func constantRange(_ value: PickleValue, escaped: Bool = false) -> Range<Int>? {
    guard [.bytes, .byteArray, .text].contains(value.kind), let read = instruction(value) else { return nil }
    switch read.opcode {
    case .string, .unicode: return escaped ? read.text : nil
    default: return read.text
    }
  }

  private func literal(_ value: PickleValue, _ budget: Int) -> String {
    guard let read = instruction(value) else { return "…" }
    switch value.kind {
    case .bool: return read.opcode == .newTrue || read.opcode == .int && read.value == 1 ? "True" : "False"
    case .integer: return read.isBig ? "<integer of \(read.text.count) bytes>" : "\(read.value)"
    case .float:
      if read.opcode == .float { return PickleText.text(read.text.prefix(32), in: bytes) }
      var bits: UInt64 = 0
      for index in read.text { bits = bits << 8 | UInt64(bytes[index]) }
      return "\(Double(bitPattern: bits))"
    case .text: return quoted(PickleText.text(of: read, in: bytes, limit: min(budget, 200)), read.text.count)
    default:
      return "b" + quoted(PickleText.text(of: read, in: bytes, limit: min(budget, 60)), read.text.count)
    }
  }

  private func escaped(_ name: String) -> String {
    name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? name : String(quoted(name, 0).dropFirst().dropLast())
  }

  private func quoted(_ text: String, _ whole: Int) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'", "\\": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar.properties.isBidiControl:
        result += "\\x" + String(scalar.value, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + (whole > 200 ? "…'" : "'")
  }

  /// The text of a string constant, as a name of a module or an attribute; bytes are taken as text too.
  func constantText(_ value: PickleValue, limit: Int = 4096) -> String? {
    guard value.kind == .text || value.kind == .bytes, let read = instruction(value) else { return nil }
    return PickleText.text(of: read, in: bytes, limit: limit)
  }

  func constantInteger(_ value: PickleValue) -> Int64? {
    guard value.kind == .integer, let read = instruction(value), !read.isBig else { return nil }
    return read.value
  }
}
