// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// What an R data file (`.rds`, `.rda`) holds, read item by item as `serialize.c` of R does, without building any of it.
package struct RData: Sendable {
  /// What is more than data.
  package enum Construct: String, Sendable, CaseIterable {
    /// A promise with something to evaluate, and one whose value is there or is a constant.
    case promise, settledPromise
    case activeBinding, closure, language, expression, environment, bytecode, builtin
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
  ///
  /// R looks at one letter and takes whatever stands behind it, reads words across any white space, and skips a line end in
  /// front of the letter of the text form. What only such freedom makes of a text must be read whole.
  package static func start(of bytes: Bytes) -> Int? {
    guard bytes.count >= 14 else { return nil }
    let letters: [UInt8] = [UInt8(ascii: "X"), UInt8(ascii: "A"), UInt8(ascii: "B")]
    if bytes[0] == UInt8(ascii: "R"), bytes[1] == UInt8(ascii: "D"), letters.contains(bytes[2]),
      (UInt8(ascii: "1")...UInt8(ascii: "3")).contains(bytes[3]), bytes[4] == 10
    {
      // The first edition is another format, which R still reads.
      if bytes[3] == UInt8(ascii: "1") { return 5 }
      if letters.contains(bytes[5]) { return 5 }
      return bytes[5] == 10 && bytes[6] == UInt8(ascii: "A") ? 6 : nil
    }
    switch bytes[0] {
    case UInt8(ascii: "X"):
      guard bytes[2] == 0, bytes[3] == 0, bytes[4] == 0, bytes[6] == 0 else { return nil }
      return bytes[5] == 2 || bytes[5] == 3 || (bytes[1] == 10 && bytes[5] <= 9) ? 0 : nil
    case UInt8(ascii: "B"):
      guard bytes[3] == 0, bytes[4] == 0, bytes[5] == 0, bytes[9] == 0 else { return nil }
      return bytes[2] == 2 || bytes[2] == 3 || (bytes[1] == 10 && bytes[2] <= 9) ? 0 : nil
    case UInt8(ascii: "A"):
      let isPlain = bytes[1] == 10 && (48...57).contains(bytes[2]) && bytes[3] == 10
      if isPlain, (48...57).contains(bytes[4]) { return 0 }
      return hasWords(bytes, from: 2) && RData(bytes, at: 0).error?.harm != .broken ? 0 : nil
    case 10 where bytes[1] == UInt8(ascii: "A"):
      return hasWords(bytes, from: 3) && RData(bytes, at: 1).error?.harm != .broken ? 1 : nil
    default: return nil
    }
  }

  /// The version of the format and those of R.
  private static func hasWords(_ bytes: Bytes, from start: Int) -> Bool {
    let span = bytes.span
    var at = start
    var numbers: [Int] = []
    while numbers.count < 3 {
      while at < span.count, span[at] <= 0x20 { at += 1 }
      var number = 0
      let first = at
      while at < span.count, (48...57).contains(span[at]), at - first < 10 {
        number = number * 10 + Int(span[at] - 48)
        at += 1
      }
      guard at > first, at < span.count, span[at] <= 0x20 else { return false }
      numbers.append(number)
    }
    return numbers[0] == 2 || numbers[0] == 3
  }

  package init(_ bytes: Bytes) {
    self.init(bytes, at: Self.start(of: bytes))
  }

  private init(_ bytes: Bytes, at start: Int?) {
    do throws(StructureError) {
      guard let start else {
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
    guard !seen.contains(where: { $0.construct == construct && $0.detail == detail }) else { return }
    // However many names there are, each construct is seen.
    guard seen.count < 256 || !seen.contains(where: { $0.construct == construct }) else { return }
    seen.append(Seen(construct: construct, detail: detail, offset: offset))
  }

  mutating func keep(_ reference: String, at offset: Int) throws(StructureError) {
    guard references.count < Limits.learnerNames else {
      throw StructureError(.broken, "more than \(Limits.learnerNames) references", at: offset)
    }
    references.append(reference)
  }
}
