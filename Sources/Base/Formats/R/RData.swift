// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// What an R data file (`.rds`, `.rda`) holds, read item by item as `serialize.c` of R does, without building any of it.
package struct RData: Sendable {
  /// What is more than data.
  package enum Construct: String, Sendable, CaseIterable {
    case promise, activeBinding, closure, language, expression, environment, bytecode, builtin
    case externalPointer, weakReference, namespace, persistent, alternative
  }

  package struct Seen: Sendable {
    package let construct: Construct
    package let detail: String
    package let offset: Int
  }

  package internal(set) var seen: [Seen] = []
  /// Names of what its calls call.
  package internal(set) var called: Set<String> = []
  /// The symbol that was read last, when nothing came after it.
  var lastSymbol: String?
  package internal(set) var error: StructureError?

  var references: [String] = []
  private var format: UInt8 = 0

  /// Where the serialisation starts: behind the magic of a workspace, if it has one.
  package static func start(of bytes: Bytes) -> Int? {
    guard bytes.count >= 14 else { return nil }
    var at = 0
    if bytes[0] == UInt8(ascii: "R"), bytes[1] == UInt8(ascii: "D"),
      bytes[3] == UInt8(ascii: "2") || bytes[3] == UInt8(ascii: "3"),
      bytes[4] == 10, [UInt8(ascii: "X"), UInt8(ascii: "A"), UInt8(ascii: "B")].contains(bytes[2])
    {
      at = 5
    }
    guard [UInt8(ascii: "X"), UInt8(ascii: "A"), UInt8(ascii: "B")].contains(bytes[at]), bytes[at + 1] == 10
    else {
      return nil
    }
    if at == 5 { return 5 }
    switch bytes[0] {
    case UInt8(ascii: "X"): return bytes[2] == 0 && bytes[3] == 0 && bytes[4] == 0 && bytes[5] <= 9 ? 0 : nil
    case UInt8(ascii: "B"): return bytes[2] <= 9 && bytes[3] == 0 && bytes[4] == 0 && bytes[5] == 0 ? 0 : nil
    default: return (48...57).contains(bytes[2]) && bytes[3] == 10 && (48...57).contains(bytes[4]) ? 0 : nil
    }
  }

  package init(_ bytes: Bytes) {
    do throws(StructureError) {
      guard let start = Self.start(of: bytes) else {
        throw StructureError(.broken, "expected the start of R's serialisation", at: 0)
      }
      var input = RInput(bytes.span, format: bytes[start], at: start + 2)
      let version = try input.int()
      guard version == 2 || version == 3 else {
        throw StructureError(.broken, "expected version 2 or 3, found \(version)", at: start + 2)
      }
      _ = try input.int()
      _ = try input.int()
      if version == 3 {
        let length = try input.int()
        guard (0...64).contains(length) else {
          throw StructureError(.exploit, "the name of the encoding has \(length) bytes", at: input.offset)
        }
        _ = try input.text(length)
      }
      try item(&input, depth: 0)
      try input.end()
    } catch { self.error = error }
  }

  mutating func note(_ construct: Construct, _ detail: String, at offset: Int) {
    guard !seen.contains(where: { $0.construct == construct && $0.detail == detail }), seen.count < 256 else {
      return
    }
    seen.append(Seen(construct: construct, detail: detail, offset: offset))
  }

  mutating func keep(_ reference: String, at offset: Int) throws(StructureError) {
    guard references.count < Limits.learnerNames else {
      throw StructureError(.broken, "more than \(Limits.learnerNames) references", at: offset)
    }
    references.append(reference)
  }
}
