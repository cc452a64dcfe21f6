// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The words of TorchScript code: names, dots and everything else, without space, comments and the contents of strings.
/// As `torch/csrc/jit/frontend/lexer.h` reads them; what that would refuse is an error here.
package struct TorchScriptLexer: ~Escapable {
  package enum Token: Equatable, Sendable {
    case name(String)
    case dot
    case string
    case other(UInt8)
  }

  /// Why the code cannot be read, and where.
  package struct Failure: Error, Equatable, Sendable {
    package let offset: Int
    package let reason: String
  }

  private let bytes: Span<UInt8>
  package private(set) var offset = 0

  @_lifetime(copy bytes)
  package init(_ bytes: Span<UInt8>) { self.bytes = bytes }

  package mutating func next() throws(Failure) -> Token? {
    while offset < bytes.count {
      let byte = bytes[offset]
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D, 0x5C: offset += 1
      case 0x23:
        while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
      case 0x22, 0x27:
        try skipString(byte)
        return .string
      case 0x2E:
        offset += 1
        return .dot
      case 0x41...0x5A, 0x61...0x7A, 0x5F: return .name(word())
      case 0x30...0x39:
        // A number takes its letters and dots with it: 1.5e-3, 2j.
        while offset < bytes.count, isWord(bytes[offset]) || bytes[offset] == 0x2E { offset += 1 }
        return .other(0x30)
      case 0x21...0x7E:
        offset += 1
        return .other(byte)
      default: throw Failure(offset: offset, reason: "byte 0x\(String(byte, radix: 16)) is no code")
      }
    }
    return nil
  }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x30...0x39: true
    default: false
    }
  }

  private mutating func word() -> String {
    var text: [UInt8] = []
    while offset < bytes.count, isWord(bytes[offset]) {
      if text.count < 256 { text.append(bytes[offset]) }
      offset += 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func skipString(_ quote: UInt8) throws(Failure) {
    let start = offset
    let isTriple = offset + 2 < bytes.count && bytes[offset + 1] == quote && bytes[offset + 2] == quote
    offset += isTriple ? 3 : 1
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == 0x5C {
        offset += 2
        continue
      }
      if byte == 0x0A, !isTriple { break }
      if byte == quote {
        if !isTriple {
          offset += 1
          return
        }
        if offset + 2 < bytes.count, bytes[offset + 1] == quote, bytes[offset + 2] == quote {
          offset += 3
          return
        }
      }
      offset += 1
    }
    offset = min(offset, bytes.count)
    throw Failure(offset: start, reason: "a string does not end")
  }
}
