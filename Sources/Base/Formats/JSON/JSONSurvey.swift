// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A step from the top of a JSON or YAML text to a value in it.
package enum ConfigStep: Sendable, Equatable {
  case key(String)
  case index(Int)

  package var key: String? { if case .key(let name) = self { name } else { nil } }
}

/// What is told about the values of a text, one after the other.
package protocol ConfigVisitor {
  /// A string, with the way to it.
  mutating func text(_ value: String, at path: [ConfigStep], offset: Int)
  mutating func flag(_ value: Bool, at path: [ConfigStep], offset: Int)
  mutating func number(isZero: Bool, at path: [ConfigStep], offset: Int)
}

/// Why a text is no JSON.
package struct JSONSurveyError: Error, Sendable {
  package let reason: String
  package let offset: Int
  /// The text stops where more of it was expected.
  package let isCut: Bool
}

/// Walks over JSON of any size without building a tree, and takes what Python's reader takes: also `NaN` and halves of
/// surrogate pairs. Names that stand twice are counted and every one of their values is shown.
package struct JSONSurvey {
  /// Names of the members of the object at the top: at most 256, and those beyond that were asked for.
  package private(set) var keys: [String] = []
  package private(set) var duplicate: (name: String, offset: Int)?
  /// Nothing in it that RFC 8259 leaves open or forbids.
  package private(set) var isStrict = true
  /// Several values follow each other.
  package private(set) var values = 0

  private let bytes: Bytes
  private let wanted: Set<String>
  private var at = 0
  private var path: [ConfigStep] = []

  /// - Parameter wanted: names that are looked for at the top, however many others there are.
  /// - Throws: ``JSONSurveyError`` when the text is no JSON, and no values one under the other either.
  package static func read(
    _ bytes: Bytes, wanted: Set<String> = [], _ visitor: inout some ConfigVisitor
  ) throws(JSONSurveyError) -> JSONSurvey {
    var survey = JSONSurvey(bytes, wanted)
    try survey.document(&visitor)
    return survey
  }

  private init(_ bytes: Bytes, _ wanted: Set<String>) {
    self.bytes = bytes
    self.wanted = wanted
  }

  private mutating func document(_ visitor: inout some ConfigVisitor) throws(JSONSurveyError) {
    skipSpace()
    repeat {
      let first = peek
      if values > 0, first != UInt8(ascii: "{"), first != UInt8(ascii: "[") {
        throw failure("the end of the text")
      }
      try value(&visitor, depth: 0)
      values += 1
      skipSpace()
    } while at < bytes.count
    if values > 1 { isStrict = false }
  }

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private func failure(_ expected: String) -> JSONSurveyError {
    JSONSurveyError(reason: "expected \(expected) at offset \(at)", offset: at, isCut: at >= bytes.count)
  }

  private mutating func skipSpace() {
    let source = bytes
    let span = source.span
    while at < span.count, span[at] == 0x20 || span[at] == 0x0A || span[at] == 0x0D || span[at] == 0x09 {
      at += 1
    }
  }

  private mutating func value(_ visitor: inout some ConfigVisitor, depth: Int) throws(JSONSurveyError) {
    guard depth < Limits.jsonDepth else {
      throw JSONSurveyError(
        reason: "the text nests deeper than \(Limits.jsonDepth) levels", offset: at, isCut: false)
    }
    skipSpace()
    let start = at
    switch peek {
    case UInt8(ascii: "{"): try object(&visitor, depth: depth)
    case UInt8(ascii: "["):
      at += 1
      skipSpace()
      if peek == UInt8(ascii: "]") {
        at += 1
        return
      }
      var index = 0
      while true {
        path.append(.index(index))
        try value(&visitor, depth: depth + 1)
        path.removeLast()
        index += 1
        skipSpace()
        if peek == UInt8(ascii: ",") {
          at += 1
        } else if peek == UInt8(ascii: "]") {
          at += 1
          return
        } else {
          throw failure("',' or ']'")
        }
      }
    case UInt8(ascii: "\""): visitor.text(try string(), at: path, offset: start)
    case UInt8(ascii: "t"):
      try word("true")
      visitor.flag(true, at: path, offset: start)
    case UInt8(ascii: "f"):
      try word("false")
      visitor.flag(false, at: path, offset: start)
    case UInt8(ascii: "n"): try word("null")
    case UInt8(ascii: "N"):
      try word("NaN")
      isStrict = false
    case UInt8(ascii: "I"):
      try word("Infinity")
      isStrict = false
    default:
      try number()
      guard case .key? = path.last else { break }
      var isZero = true
      for index in start..<at where (0x31...0x39).contains(bytes[index]) { isZero = false }
      visitor.number(isZero: isZero, at: path, offset: start)
    }
  }

  private mutating func object(_ visitor: inout some ConfigVisitor, depth: Int) throws(JSONSurveyError) {
    at += 1
    skipSpace()
    if peek == UInt8(ascii: "}") {
      at += 1
      return
    }
    var names: Set<String> = []
    while true {
      skipSpace()
      let start = at
      guard peek == UInt8(ascii: "\"") else { throw failure("a name in quotes") }
      let name = try string()
      if names.count < Limits.jsonNames, !names.insert(name).inserted {
        isStrict = false
        if duplicate == nil { duplicate = (name, start) }
      }
      if depth == 0, keys.count < 256 || (keys.count < 1024 && wanted.contains(name)) { keys.append(name) }
      skipSpace()
      guard peek == UInt8(ascii: ":") else { throw failure("':'") }
      at += 1
      path.append(.key(name))
      try value(&visitor, depth: depth + 1)
      path.removeLast()
      skipSpace()
      if peek == UInt8(ascii: ",") {
        at += 1
      } else if peek == UInt8(ascii: "}") {
        at += 1
        return
      } else {
        throw failure("',' or '}'")
      }
    }
  }

  private mutating func word(_ word: StaticString) throws(JSONSurveyError) {
    for unit in word.description.utf8 {
      guard peek == unit else { throw failure(word.description) }
      at += 1
    }
  }

  private mutating func number() throws(JSONSurveyError) {
    if peek == UInt8(ascii: "-") { at += 1 }
    if peek == UInt8(ascii: "I") {
      isStrict = false
      return try word("Infinity")
    }
    let leading = peek
    let whole = digits()
    guard whole > 0, whole == 1 || leading != UInt8(ascii: "0") else { throw failure("a value") }
    if peek == UInt8(ascii: ".") {
      at += 1
      guard digits() > 0 else { throw failure("a digit") }
    }
    if let letter = peek, letter | 0x20 == UInt8(ascii: "e") {
      at += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { at += 1 }
      guard digits() > 0 else { throw failure("a digit") }
    }
  }

  private mutating func digits() -> Int {
    let start = at
    while let byte = peek, (0x30...0x39).contains(byte) { at += 1 }
    return at - start
  }

  private mutating func string() throws(JSONSurveyError) -> String {
    at += 1
    let source = bytes
    let span = source.span
    let start = at
    var hasEscapes = false
    var end = start
    while end < span.count, span[end] != UInt8(ascii: "\"") {
      if span[end] == UInt8(ascii: "\\") {
        hasEscapes = true
        end += 1
      } else if span[end] < 0x20 {
        at = end
        throw failure("no control character in a string")
      }
      end += 1
    }
    guard end < span.count else {
      at = span.count
      throw failure("the end of a string")
    }
    at = end + 1
    if !hasEscapes, let plain = try? UTF8Span(validating: span.extracting(start..<end)) {
      return String(copying: plain)
    }
    return try unescaped(bytes.slice(start..<end).array(), start)
  }

  private mutating func unescaped(_ raw: [UInt8], _ start: Int) throws(JSONSurveyError) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(raw.count)
    var index = 0
    func bad(_ index: Int) -> JSONSurveyError {
      JSONSurveyError(
        reason: "a string has a malformed escape at offset \(start + index)", offset: start + index,
        isCut: false)
    }
    func hex4(_ index: Int) throws(JSONSurveyError) -> UInt32 {
      guard index + 4 <= raw.count else { throw bad(index) }
      var value: UInt32 = 0
      for byte in raw[index..<index + 4] {
        guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw bad(index) }
        value = value << 4 | UInt32(digit)
      }
      return value
    }
    while index < raw.count {
      guard raw[index] == UInt8(ascii: "\\") else {
        out.append(raw[index])
        index += 1
        continue
      }
      let letter = raw[index + 1]
      index += 2
      switch letter {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(letter)
      case UInt8(ascii: "b"): out.append(8)
      case UInt8(ascii: "f"): out.append(12)
      case UInt8(ascii: "n"): out.append(10)
      case UInt8(ascii: "r"): out.append(13)
      case UInt8(ascii: "t"): out.append(9)
      case UInt8(ascii: "u"):
        var unit = try hex4(index)
        index += 4
        if (0xD800..<0xDC00).contains(unit), index + 6 <= raw.count, raw[index] == UInt8(ascii: "\\"),
          raw[index + 1] == UInt8(ascii: "u")
        {
          let low = try hex4(index + 2)
          if (0xDC00..<0xE000).contains(low) {
            unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            index += 6
          }
        }
        if Unicode.Scalar(unit) == nil { isStrict = false }
        out.append(contentsOf: String(Character(Unicode.Scalar(unit) ?? "\u{FFFD}")).utf8)
      default: throw bad(index)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
