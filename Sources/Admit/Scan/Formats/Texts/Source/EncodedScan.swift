// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Pickles and archives that are written as Base64 or hexadecimal digits in a text. What is decoded is looked at as raw
/// bytes: only harm counts.
enum EncodedScan {
  static func examine(_ text: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    guard place.members.count < Limits.nesting else { return }
    let span = text.span
    var left = Limits.encodedText
    var at = 0
    var found: [(offset: Int, bytes: Bytes)] = []
    while at < span.count, found.count < 4096 {
      guard table[Int(span[at])] < 64 else {
        at += 1
        continue
      }
      let start = at
      // The run, over line ends and the escapes of JSON between its lines.
      var end = at
      var digits = 0
      var isHex = true
      while end < span.count {
        let byte = span[end]
        if table[Int(byte)] < 64 {
          digits += 1
          if !Self.isHex(byte) { isHex = false }
          end += 1
        } else if digits >= 60, byte == 10 || byte == 13, end + 1 < span.count {
          end += 1
        } else if digits >= 60, byte == UInt8(ascii: "\\"), end + 1 < span.count,
          span[end + 1] == UInt8(ascii: "n") || span[end + 1] == UInt8(ascii: "r")
            || span[end + 1] == UInt8(ascii: "/")
        {
          end += span[end + 1] == UInt8(ascii: "/") ? 1 : 2
        } else {
          break
        }
      }
      at = end
      guard digits >= 20 else { continue }
      if isHex, let bytes = decode(text.slice(start..<end), isHex: true, limit: left), isInteresting(bytes) {
        left -= bytes.count
        found.append((start, bytes))
      }
      guard left > 0, isPromising(text, start) else { continue }
      if let bytes = decode(text.slice(start..<end), isHex: false, limit: left), isInteresting(bytes) {
        left -= bytes.count
        found.append((start, bytes))
      }
    }
    for (offset, bytes) in found {
      var inner = place.inside("encoded bytes at \(offset)")
      inner.isRawData = true
      if isArchive(bytes) || imports(bytes, allow: scan.allow) { scan.scan(bytes, as: inner) }
      if let plain = inflated(bytes), isArchive(plain) || imports(plain, allow: scan.allow) {
        scan.scan(plain, as: inner)
      }
    }
  }

  /// Whether a pickle imports something. Words and digests decode to bytes that begin like one, and a vocabulary has
  /// thousands of them.
  private static func imports(_ bytes: Bytes, allow: AllowList) -> Bool {
    var machine = PickleMachine(bytes.span, allow: allow)
    _ = machine.run(from: 0)
    return machine.facts.globals.contains { ImportName.isImportable($0.module, $0.name) }
  }

  private static let magics: [[UInt8]] = [
    [0x50, 0x4B, 3, 4], [0x1F, 0x8B, 8], Array("BZh".utf8), [0xFD, 0x37, 0x7A, 0x58, 0x5A],
    [0x7F, 0x45, 0x4C, 0x46],
  ]

  private static func isArchive(_ bytes: Bytes) -> Bool { magics.contains { bytes.starts(with: $0) } }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
  }

  /// Whether the first eight digits can begin a pickle or something compressed: most runs are names and words.
  private static func isPromising(_ text: Bytes, _ start: Int) -> Bool {
    guard text.count - start >= 8, let head = decode(text.slice(start..<start + 8), isHex: false, limit: 16)
    else { return false }
    return isInteresting(head)
  }

  /// A magic, or an opcode that pickles of protocols 0 and 1 begin with.
  private static func isInteresting(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 4 else { return false }
    switch bytes[0] {
    case 0x80: return bytes[1] <= 5
    case UInt8(ascii: "c"), UInt8(ascii: "("), UInt8(ascii: "i"), UInt8(ascii: "}"), UInt8(ascii: "]"):
      return true
    case UInt8(ascii: "P"): return bytes[1] == UInt8(ascii: "K")
    case 0x1F: return bytes[1] == 0x8B
    case 0x78: return (Int(bytes[0]) << 8 | Int(bytes[1])).isMultiple(of: 31)
    case UInt8(ascii: "B"): return bytes[1] == UInt8(ascii: "Z") && bytes[2] == UInt8(ascii: "h")
    case 0xFD: return bytes[1] == UInt8(ascii: "7")
    case 0x7F: return bytes[1] == UInt8(ascii: "E")
    default: return false
    }
  }

  private static let table: [UInt8] = {
    var table = [UInt8](repeating: 64, count: 256)
    for (value, digit) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated()
    {
      table[Int(digit)] = UInt8(value)
    }
    table[Int(UInt8(ascii: "-"))] = 62
    table[Int(UInt8(ascii: "_"))] = 63
    return table
  }()

  private static func decode(_ text: Bytes, isHex: Bool, limit: Int) -> Bytes? {
    let span = text.span
    var out: [UInt8] = []
    out.reserveCapacity(min(limit, span.count * 3 / 4 + 3))
    var bits: UInt32 = 0
    var held = 0
    let width = isHex ? 4 : 6
    var at = 0
    while at < span.count {
      let byte = span[at]
      at += 1
      if byte == UInt8(ascii: "\\") {
        if at < span.count, span[at] != UInt8(ascii: "/") { at += 1 }
        continue
      }
      let value: UInt8
      if isHex {
        switch byte {
        case 0x30...0x39: value = byte - 0x30
        case 0x61...0x66: value = byte - 0x61 + 10
        case 0x41...0x46: value = byte - 0x41 + 10
        default: continue
        }
      } else {
        value = table[Int(byte)]
        if value > 63 { continue }
      }
      bits = bits << UInt32(width) | UInt32(value)
      held += width
      if held >= 8 {
        held -= 8
        guard out.count < limit else { return nil }
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
        bits &= (1 << UInt32(held)) - 1
      }
    }
    return Bytes(out)
  }

  /// What a zlib stream holds.
  private static func inflated(_ bytes: Bytes) -> Bytes? {
    guard bytes.count > 6, bytes[0] == 0x78, (Int(bytes[0]) << 8 | Int(bytes[1])).isMultiple(of: 31) else {
      return nil
    }
    let plain = try? Inflate.raw(bytes.slice(2..<bytes.count), limit: Limits.encodedText).bytes
    return plain?.isEmpty == false ? plain : nil
  }
}
