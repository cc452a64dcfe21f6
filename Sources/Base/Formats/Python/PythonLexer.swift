// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes

/// Cuts a text into logical lines, as Python 3 and, where that makes sense of more, Python 2 do. What is no Python comes
/// out as a broken line, and reading goes on behind its first line end. A line of very many tokens comes in parts, so that
/// memory stays small whatever the text.
///
///     var lexer = PythonLexer(bytes.span)
///     while let line = lexer.next() { … }
package struct PythonLexer: ~Escapable {
  private let bytes: Span<UInt8>
  private var at = 0
  /// Brackets that are open in a line that goes on.
  private var open = 0
  /// Where the physical line ends on which the logical line begins that goes on.
  private var resume: Int?
  private var begin = (offset: 0, indent: 0)
  private var inner: [PythonLine.Token] = []
  /// Bytes that were looked at beyond the line on which something is broken: a text of open brackets would be read again
  /// from each of them to its end.
  private var wasted = 0
  /// An expression in a formatted string has no further formatted strings looked into below some depth.
  private let depth: Int

  @_lifetime(copy bytes)
  package init(_ bytes: Span<UInt8>) { self.init(bytes, depth: 0) }

  @_lifetime(copy bytes)
  private init(_ bytes: Span<UInt8>, depth: Int) {
    self.bytes = bytes
    self.depth = depth
  }

  /// The next line with something on it; nil at the end, or when so much is broken that no Python is left to find.
  package mutating func next() -> PythonLine? {
    if resume != nil { return line() }
    while at < bytes.count {
      let start = at
      var indent = 0
      blanks: while at < bytes.count {
        switch bytes[at] {
        case 0x20: indent += 1
        case 9: indent = (indent / 8 + 1) * 8
        case 12: indent = 0
        default: break blanks
        }
        at += 1
      }
      guard at < bytes.count else { return nil }
      if isBreak(bytes[at]) {
        at += 1
        continue
      }
      if bytes[at] == UInt8(ascii: "#") {
        skipLine()
        continue
      }
      guard wasted <= Limits.pythonWaste else { return nil }
      begin = (start, indent)
      return line()
    }
    return nil
  }

  private func isBreak(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

  private mutating func skipLine() { while at < bytes.count, !isBreak(bytes[at]) { at += 1 } }

  private static func isWord(_ byte: UInt8) -> Bool { byte == 0x5F || isLetterOrDigit(byte) || byte >= 0x80 }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
  }

  // MARK: Lines

  private mutating func line() -> PythonLine {
    let isContinued = resume != nil
    let first = at
    var tokens: [PythonLine.Token] = []
    inner = []
    while at < bytes.count {
      if let last = tokens.last, tokens.count >= Limits.pythonLine, Self.isCutBehind(last, tokens.count) {
        if resume == nil { resume = lineEnd(from: first) }
        return finished(tokens, isBroken: false, isContinued, isCut: true)
      }
      if isBreak(bytes[at]) {
        at += 1
        if open > 0 { continue }
        resume = nil
        return finished(tokens, isBroken: false, isContinued)
      }
      guard token(into: &tokens) else {
        recover(from: resume ?? lineEnd(from: first))
        return finished(tokens, isBroken: true, isContinued)
      }
    }
    let isBroken = open > 0
    if isBroken { recover(from: resume ?? lineEnd(from: first)) }
    resume = nil
    return finished(tokens, isBroken: isBroken, isContinued)
  }

  /// Between two statements or two values, where there are such: a name that leads somewhere stays in one part.
  private static func isCutBehind(_ token: PythonLine.Token, _ count: Int) -> Bool {
    token.kind == .sign && (token.text == ";" || token.text == ",") || count >= 2 * Limits.pythonLine
  }

  private func finished(
    _ tokens: [PythonLine.Token], isBroken: Bool, _ isContinued: Bool, isCut: Bool = false
  ) -> PythonLine {
    PythonLine(
      tokens: tokens, inner: inner, indent: begin.indent, offset: begin.offset, isBroken: isBroken,
      isContinued: isContinued, isCut: isCut)
  }

  private func lineEnd(from start: Int) -> Int {
    var end = start
    while end < bytes.count, !isBreak(bytes[end]) { end += 1 }
    return end
  }

  private mutating func recover(from end: Int) {
    wasted += max(0, at - end)
    at = end
    open = 0
    resume = nil
  }

  // MARK: Tokens

  /// Reads one token, or what stands between two.
  /// - Returns: false where Python's lexer stops.
  private mutating func token(into tokens: inout [PythonLine.Token]) -> Bool {
    let byte = bytes[at]
    switch byte {
    case 0x20, 9, 12: at += 1
    case UInt8(ascii: "#"): skipLine()
    case UInt8(ascii: "\\"):
      guard at + 1 < bytes.count, isBreak(bytes[at + 1]) else { return false }
      at += bytes[at + 1] == 13 && at + 2 < bytes.count && bytes[at + 2] == 10 ? 3 : 2
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard let text = string() else { return false }
      tokens.append(.init(kind: .text, text: text))
    case 0x30...0x39: tokens.append(.init(kind: .number, text: number()))
    case UInt8(ascii: ".") where at + 1 < bytes.count && (0x30...0x39).contains(bytes[at + 1]):
      tokens.append(.init(kind: .number, text: number()))
    case _ where Self.isWord(byte): return word(into: &tokens)
    case UInt8(ascii: "$"), UInt8(ascii: "?"), UInt8(ascii: "`"), 0..<0x20, 0x7F: return false
    case UInt8(ascii: "!") where at + 1 >= bytes.count || bytes[at + 1] != UInt8(ascii: "="): return false
    default: return sign(into: &tokens)
    }
    return true
  }

  private mutating func word(into tokens: inout [PythonLine.Token]) -> Bool {
    let begin = at
    var isPlain = true
    while at < bytes.count, Self.isWord(bytes[at]) {
      if bytes[at] >= 0x80 { isPlain = false }
      at += 1
    }
    let word = text(begin, at)
    guard isPlain else {
      let scalars = word.unicodeScalars
      guard let first = scalars.first, first == "_" || first.properties.isXIDStart,
        scalars.allSatisfy({ $0.properties.isXIDContinue })
      else { return false }
      // Python looks a name up in its compatibility form, but does not take that for a word of the language.
      let plain = word.precomposedStringWithCompatibilityMapping
      tokens.append(.init(kind: .name, text: Self.words.contains(plain) ? word : plain))
      return true
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'"),
      word.utf8.count <= 2,
      word.utf8.allSatisfy({ "rbuft".utf8.contains($0 | 0x20) })
    {
      let isFormatted = word.utf8.contains {
        $0 | 0x20 == UInt8(ascii: "f") || $0 | 0x20 == UInt8(ascii: "t")
      }
      guard let text = string(isFormatted: isFormatted) else { return false }
      tokens.append(.init(kind: .text, text: text))
    } else {
      tokens.append(.init(kind: .name, text: word))
    }
    return true
  }

  /// Words that are no names.
  package static let words: Set<String> = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass",
    "raise",
    "return", "try", "while", "with", "yield", "None", "True", "False",
  ]

  /// A number ends where it ends: `1if x else 2` has a word behind it, and `0x1for` is `0x1f or`.
  private mutating func number() -> String {
    let begin = at
    func digits(_ isDigit: (UInt8) -> Bool, _ at: inout Int) {
      while at < bytes.count, isDigit(bytes[at]) || bytes[at] == 0x5F { at += 1 }
    }
    let decimal: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
    let letter = at + 1 < bytes.count ? bytes[at + 1] | 0x20 : 0
    if bytes[at] == 0x30, letter == UInt8(ascii: "x") {
      at += 2
      digits({ decimal($0) || (0x61...0x66).contains($0 | 0x20) }, &at)
    } else if bytes[at] == 0x30, letter == UInt8(ascii: "b") || letter == UInt8(ascii: "o") {
      at += 2
      digits(decimal, &at)
    } else {
      digits(decimal, &at)
      if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
        at += 1
        digits(decimal, &at)
      }
      if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
        var exponent = at + 1
        if exponent < bytes.count,
          bytes[exponent] == UInt8(ascii: "+") || bytes[exponent] == UInt8(ascii: "-")
        {
          exponent += 1
        }
        if exponent < bytes.count, decimal(bytes[exponent]) {
          at = exponent
          digits(decimal, &at)
        }
      }
    }
    // Imaginary numbers, and the long ones of Python 2.
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "j") || bytes[at] | 0x20 == UInt8(ascii: "l"),
      at + 1 >= bytes.count || !Self.isWord(bytes[at + 1])
    {
      at += 1
    }
    return text(begin, min(at, begin + 256))
  }

  private mutating func sign(into tokens: inout [PythonLine.Token]) -> Bool {
    let byte = bytes[at]
    let begin = at
    at += 1
    let next = at < bytes.count ? bytes[at] : 0
    if next == UInt8(ascii: "="), "=!<>+-*/%|&^@:".utf8.contains(byte) {
      at += 1
    } else if next == byte, "*/<>".utf8.contains(byte) {
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "=") { at += 1 }
    } else if next == UInt8(ascii: ">"), byte == UInt8(ascii: "-") || byte == UInt8(ascii: "<") {
      at += 1
    }
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      open -= 1
      if open < 0 { return false }
    default: break
    }
    let sign = at == begin + 1 ? String(UnicodeScalar(byte)) : text(begin, at)
    tokens.append(.init(kind: .sign, text: sign))
    return true
  }

  private func text(_ start: Int, _ end: Int) -> String {
    var units: [UInt8] = []
    units.reserveCapacity(end - start)
    for index in start..<end { units.append(bytes[index]) }
    return String(decoding: units, as: UTF8.self)
  }

  // MARK: Strings

  private mutating func string(isFormatted: Bool = false) -> String? {
    let quote = bytes[at]
    let isLong = at + 2 < bytes.count && bytes[at + 1] == quote && bytes[at + 2] == quote
    at += isLong ? 3 : 1
    let start = at
    /// Braces whose format is being read.
    var formats = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\\") {
        at += 2
        continue
      }
      if byte == quote, !isLong || (at + 2 < bytes.count && bytes[at + 1] == quote && bytes[at + 2] == quote)
      {
        let end = at
        at += isLong ? 3 : 1
        return text(start, min(end, start + Limits.pythonText))
      }
      if isBreak(byte), !isLong { return nil }
      at += 1
      guard isFormatted else { continue }
      if byte == UInt8(ascii: "{") {
        if formats == 0, at < bytes.count, bytes[at] == byte {
          at += 1
          continue
        }
        guard let hasFormat = expression() else { return nil }
        if hasFormat { formats += 1 }
      } else if byte == UInt8(ascii: "}"), formats > 0 {
        formats -= 1
      }
    }
    at = min(at, bytes.count)
    return nil
  }

  /// Reads the expression in the braces of a formatted string, with strings of its own in whichever quotes.
  /// - Returns: whether a format follows; nil when the braces have no end.
  private mutating func expression() -> Bool? {
    let start = at
    var brackets = 0
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard skipString() else { return nil }
        continue
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): brackets -= 1
      case UInt8(ascii: "}"):
        if brackets <= 0 {
          collect(start, at)
          at += 1
          return false
        }
        brackets -= 1
      case UInt8(ascii: ":"):
        if brackets == 0 {
          collect(start, at)
          at += 1
          return true
        }
      default: break
      }
      at += 1
    }
    return nil
  }

  private mutating func skipString() -> Bool {
    let quote = bytes[at]
    let isLong = at + 2 < bytes.count && bytes[at + 1] == quote && bytes[at + 2] == quote
    at += isLong ? 3 : 1
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "\\") {
        at += 2
      } else if bytes[at] == quote,
        !isLong || (at + 2 < bytes.count && bytes[at + 1] == quote && bytes[at + 2] == quote)
      {
        at += isLong ? 3 : 1
        return true
      } else {
        at += 1
      }
    }
    at = min(at, bytes.count)
    return false
  }

  private mutating func collect(_ start: Int, _ end: Int) {
    guard depth < 4, inner.count < Limits.pythonLine else { return }
    var lexer = PythonLexer(bytes.extracting(start..<end), depth: depth + 1)
    inner.append(.init(kind: .sign, text: ";"))
    while let line = lexer.next(), inner.count < Limits.pythonLine { inner += line.tokens + line.inner }
  }
}
