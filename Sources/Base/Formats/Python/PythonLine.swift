// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A logical line of a text, cut into tokens as Python's lexer would.
package struct PythonLine: Sendable {
  package struct Token: Sendable, Equatable {
    package enum Kind: Sendable { case name, number, text, sign }
    package let kind: Kind
    /// Of a string its contents without quotes, escapes as written.
    package let text: String
  }

  package let tokens: [Token]
  /// Blanks in front of it.
  package let indent: Int
  package let offset: Int
  /// Python's lexer stops here.
  package let isBroken: Bool
}

/// Cuts a text into logical lines. What is no Python comes out as a broken line, and reading goes on behind it.
package struct PythonLexer {
  private let bytes: Bytes
  private var at = 0

  package init(_ bytes: Bytes) { self.bytes = bytes }

  /// The next line with something on it; nil at the end.
  package mutating func next() -> PythonLine? {
    while at < bytes.count {
      let start = at
      var indent = 0
      while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 9 || bytes[at] == 12 {
        indent += bytes[at] == 9 ? 8 : 1
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
      return line(from: start, indent: indent)
    }
    return nil
  }

  private func isBreak(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

  private mutating func skipLine() { while at < bytes.count, !isBreak(bytes[at]) { at += 1 } }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80
  }

  private mutating func line(from start: Int, indent: Int) -> PythonLine {
    var tokens: [PythonLine.Token] = []
    var open = 0
    let first = at
    func broken() -> PythonLine { PythonLine(tokens: tokens, indent: indent, offset: start, isBroken: true) }
    while at < bytes.count {
      guard tokens.count < Limits.pythonLine else {
        skipLine()
        return broken()
      }
      let byte = bytes[at]
      if isBreak(byte) {
        at += 1
        if open > 0 { continue }
        break
      }
      switch byte {
      case 0x20, 9, 12: at += 1
      case UInt8(ascii: "#"): skipLine()
      case UInt8(ascii: "\\") where at + 1 < bytes.count && isBreak(bytes[at + 1]):
        at += bytes[at + 1] == 13 && at + 2 < bytes.count && bytes[at + 2] == 10 ? 3 : 2
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard let text = string() else {
          recover(first)
          return broken()
        }
        tokens.append(.init(kind: .text, text: text))
      case 0x30...0x39:
        let begin = at
        while at < bytes.count, Self.isWord(bytes[at]) || bytes[at] == UInt8(ascii: ".") { at += 1 }
        tokens.append(.init(kind: .number, text: text(begin, at)))
      case _ where Self.isWord(byte):
        let begin = at
        while at < bytes.count, Self.isWord(bytes[at]) { at += 1 }
        let word = text(begin, at)
        if at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'"),
          word.utf8.count <= 2,
          word.allSatisfy({ "rRbBuUfFtT".contains($0) })
        {
          guard let text = string() else {
            recover(first)
            return broken()
          }
          tokens.append(.init(kind: .text, text: text))
        } else {
          tokens.append(.init(kind: .name, text: word))
        }
      case UInt8(ascii: "$"), UInt8(ascii: "?"), UInt8(ascii: "`"), UInt8(ascii: "\\"), 0..<0x20, 0x7F:
        recover(first)
        return broken()
      case UInt8(ascii: "!") where at + 1 >= bytes.count || bytes[at + 1] != UInt8(ascii: "="):
        recover(first)
        return broken()
      default:
        let begin = at
        at += 1
        if at < bytes.count, bytes[at] == UInt8(ascii: "="), "=!<>+-*/%|&^@:".utf8.contains(byte) {
          at += 1
        } else if at < bytes.count, bytes[at] == byte, "*/<>".utf8.contains(byte) {
          at += 1
        } else if byte == UInt8(ascii: "-"), at < bytes.count, bytes[at] == UInt8(ascii: ">") {
          at += 1
        }
        let sign = text(begin, at)
        if "([{".contains(sign) { open += 1 }
        if ")]}".contains(sign) {
          open -= 1
          if open < 0 {
            recover(first)
            return broken()
          }
        }
        tokens.append(.init(kind: .sign, text: sign))
      }
    }
    if open > 0 {
      recover(first)
      return broken()
    }
    return PythonLine(tokens: tokens, indent: indent, offset: start, isBroken: false)
  }

  /// Goes on behind the first physical line.
  private mutating func recover(_ first: Int) {
    at = first
    skipLine()
  }

  private func text(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes.slice(start..<end).array(), as: UTF8.self)
  }

  private mutating func string() -> String? {
    let quote = bytes[at]
    let isLong = at + 2 < bytes.count && bytes[at + 1] == quote && bytes[at + 2] == quote
    at += isLong ? 3 : 1
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\\") {
        at += 2
        continue
      }
      if byte == quote, !isLong {
        at += 1
        return text(start, at - 1)
      }
      if byte == quote, at + 2 < bytes.count, bytes[at + 1] == quote, bytes[at + 2] == quote {
        at += 3
        return text(start, at - 3)
      }
      if isBreak(byte), !isLong { return nil }
      at += 1
    }
    at = min(at, bytes.count)
    return nil
  }
}
