// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A Python literal as it stands in the header of a numpy array: nothing that `ast.literal_eval` would compute.
enum PythonLiteral: Equatable, Sendable {
  case none
  case bool(Bool)
  case int(Int)
  case text(String)
  case tuple([PythonLiteral])
  case list([PythonLiteral])
  case dict([(key: String, value: PythonLiteral)])

  static func == (left: PythonLiteral, right: PythonLiteral) -> Bool { "\(left)" == "\(right)" }
}

/// Reads one literal, strictly. `offset` of an error counts from the start of `text`.
struct PythonLiteralParser {
  struct Failure: Error {
    let offset: Int
    let expected: String
  }

  let text: [UInt8]
  var at = 0

  init(_ text: [UInt8]) { self.text = text }

  mutating func whole() throws(Failure) -> PythonLiteral {
    let value = try value(depth: 0)
    space()
    guard at == text.count else { throw Failure(offset: at, expected: "nothing more") }
    return value
  }

  private mutating func value(depth: Int) throws(Failure) -> PythonLiteral {
    guard depth < Limits.literalDepth else { throw Failure(offset: at, expected: "less nesting") }
    space()
    guard at < text.count else { throw Failure(offset: at, expected: "a value") }
    switch text[at] {
    case UInt8(ascii: "{"): return .dict(try pairs(depth: depth))
    case UInt8(ascii: "("):
      let (items, comma) = try items(UInt8(ascii: ")"), depth: depth)
      return items.count == 1 && !comma ? items[0] : .tuple(items)
    case UInt8(ascii: "["): return .list(try items(UInt8(ascii: "]"), depth: depth).items)
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return .int(try number())
    default:
      for (word, value) in [("None", PythonLiteral.none), ("True", .bool(true)), ("False", .bool(false))]
      where text[at...].starts(with: word.utf8) {
        at += word.utf8.count
        return value
      }
      throw Failure(offset: at, expected: "a value")
    }
  }

  private mutating func items(
    _ close: UInt8, depth: Int
  ) throws(Failure) -> (items: [PythonLiteral], comma: Bool) {
    at += 1
    var items: [PythonLiteral] = []
    var comma = false
    while true {
      space()
      guard at < text.count else { throw Failure(offset: at, expected: "a closing bracket") }
      if text[at] == close {
        at += 1
        return (items, comma)
      }
      if !items.isEmpty, !comma { throw Failure(offset: at, expected: "a comma") }
      items.append(try value(depth: depth + 1))
      space()
      comma = at < text.count && text[at] == UInt8(ascii: ",")
      if comma { at += 1 }
    }
  }

  private mutating func pairs(depth: Int) throws(Failure) -> [(key: String, value: PythonLiteral)] {
    at += 1
    var pairs: [(key: String, value: PythonLiteral)] = []
    var comma = true
    while true {
      space()
      guard at < text.count else { throw Failure(offset: at, expected: "a closing brace") }
      if text[at] == UInt8(ascii: "}") {
        at += 1
        return pairs
      }
      guard comma else { throw Failure(offset: at, expected: "a comma") }
      let key = try string()
      guard !pairs.contains(where: { $0.key == key }) else {
        throw Failure(offset: at, expected: "each key once")
      }
      space()
      guard at < text.count, text[at] == UInt8(ascii: ":") else {
        throw Failure(offset: at, expected: "a colon")
      }
      at += 1
      pairs.append((key, try value(depth: depth + 1)))
      space()
      comma = at < text.count && text[at] == UInt8(ascii: ",")
      if comma { at += 1 }
    }
  }

  /// A string without escapes: no dtype needs one.
  private mutating func string() throws(Failure) -> String {
    guard at < text.count, text[at] == UInt8(ascii: "'") || text[at] == UInt8(ascii: "\"") else {
      throw Failure(offset: at, expected: "a string")
    }
    let quote = text[at]
    let start = at + 1
    var end = start
    while end < text.count, text[end] != quote {
      guard text[end] != UInt8(ascii: "\\"), text[end] >= 0x20 else {
        throw Failure(offset: end, expected: "a string without escapes")
      }
      end += 1
    }
    guard end < text.count, let string = String(validating: text[start..<end], as: UTF8.self) else {
      throw Failure(offset: end, expected: "the end of the string")
    }
    at = end + 1
    return string
  }

  private mutating func number() throws(Failure) -> Int {
    let start = at
    var value = 0
    while at < text.count, case let digit = text[at] &- 0x30, digit <= 9 {
      let (product, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, more) = product.addingReportingOverflow(Int(digit))
      guard !over, !more else { throw Failure(offset: start, expected: "a number of 63 bits") }
      value = sum
      at += 1
    }
    if at < text.count, text[at] == UInt8(ascii: "L") { at += 1 }  // Python 2 wrote long dimensions so.
    return value
  }

  private mutating func space() {
    while at < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[at]) { at += 1 }
  }
}
