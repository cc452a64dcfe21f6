// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// JSON as Python reads it: with `NaN` and `Infinity`, and with names that stand twice, all of which are kept.
struct TolerantJSON {
  let value: JSONValue
  /// Names that stand twice in one object. Python takes the last.
  let repeated: [String]

  init(_ bytes: Bytes) throws(JSONError) {
    let plain = Self.withoutConstants(bytes)
    let span = plain.span
    var reader = JSONReader(span)
    var repeated: [String] = []
    var left = Limits.modelConfigValues
    value = try Self.value(&reader, 0, &repeated, &left)
    try reader.end()
    self.repeated = repeated
  }

  private static func value(
    _ reader: inout JSONReader, _ depth: Int, _ repeated: inout [String], _ left: inout Int
  ) throws(JSONError) -> JSONValue {
    let first = try reader.next()
    left -= 1
    guard depth < Limits.jsonDepth, left > 0 else {
      throw .tooDeep(limit: Limits.jsonDepth, offset: reader.offset)
    }
    switch first {
    case UInt8(ascii: "{"):
      try reader.expect(first)
      var members: [JSONValue.Member] = []
      if try reader.take(UInt8(ascii: "}")) { return .object([]) }
      var names: Set<String> = []
      repeat {
        let name = try reader.string()
        if !names.insert(name).inserted, repeated.count < 16 { repeated.append(name) }
        try reader.expect(UInt8(ascii: ":"))
        members.append(.init(name: name, value: try value(&reader, depth + 1, &repeated, &left)))
      } while try reader.takeComma(orEnd: UInt8(ascii: "}"))
      return .object(members)
    case UInt8(ascii: "["):
      try reader.expect(first)
      if try reader.take(UInt8(ascii: "]")) { return .array([]) }
      var values: [JSONValue] = []
      repeat {
        values.append(try value(&reader, depth + 1, &repeated, &left))
      } while try reader.takeComma(orEnd: UInt8(ascii: "]"))
      return .array(values)
    default:
      return try reader.value(depth: depth)
    }
  }

  /// `NaN` and `Infinity` outside of strings become numbers of the same length.
  private static func withoutConstants(_ bytes: Bytes) -> Bytes {
    let span = bytes.span
    var copy: [UInt8]?
    var at = 0
    var isInside = false
    while at < span.count {
      let byte = span[at]
      if isInside {
        if byte == UInt8(ascii: "\\") { at += 1 }
        if byte == UInt8(ascii: "\"") { isInside = false }
      } else if byte == UInt8(ascii: "\"") {
        isInside = true
      } else if byte == UInt8(ascii: "N") || byte == UInt8(ascii: "I") {
        let word = byte == UInt8(ascii: "N") ? "NaN" : "Infinity"
        if matches(word, span, at) {
          var changed = copy ?? bytes.array()
          for index in 0..<word.utf8.count { changed[at + index] = UInt8(ascii: index == 1 ? "." : "0") }
          copy = changed
          at += word.utf8.count - 1
        }
      }
      at += 1
    }
    return copy.map { Bytes($0) } ?? bytes
  }

  private static func matches(_ word: String, _ span: Span<UInt8>, _ at: Int) -> Bool {
    var index = at
    for unit in word.utf8 {
      guard index < span.count, span[index] == unit else { return false }
      index += 1
    }
    return true
  }
}
