// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Blocks compressed with Snappy, as google/snappy's `format_description.txt` has them.
enum Snappy {
  /// - Returns: nil when the block is broken or becomes more than ``Limits/snappyBlock`` bytes.
  static func decompress(_ bytes: Bytes) -> Bytes? {
    var cursor = ByteCursor(bytes.span)
    guard let size = try? ProtoReader.varint(&cursor, 0), size <= UInt64(Limits.snappyBlock) else {
      return nil
    }
    var out: [UInt8] = []
    while !cursor.isAtEnd {
      guard let tag = try? cursor.u8() else { return nil }
      if tag & 3 == 0 {
        guard let length = literal(Int(tag >> 2), &cursor), length <= Int(size) - out.count,
          let text = try? cursor.take(length)
        else { return nil }
        for index in text.indices { out.append(text[index]) }
        continue
      }
      guard let (length, distance) = copy(tag, &cursor), distance > 0, distance <= out.count,
        length <= Int(size) - out.count
      else { return nil }
      for _ in 0..<length { out.append(out[out.count - distance]) }
    }
    return out.count == Int(size) ? Bytes(out) : nil
  }

  private static func literal(_ code: Int, _ cursor: inout ByteCursor) -> Int? {
    guard code >= 60 else { return code + 1 }
    var value = 0
    for index in 0..<code - 59 {
      guard let byte = try? cursor.u8() else { return nil }
      value |= Int(byte) << (8 * index)
    }
    return value + 1
  }

  private static func copy(_ tag: UInt8, _ cursor: inout ByteCursor) -> (length: Int, distance: Int)? {
    switch tag & 3 {
    case 1:
      guard let low = try? cursor.u8() else { return nil }
      return (Int(tag >> 2 & 7) + 4, Int(tag >> 5) << 8 | Int(low))
    case 2:
      guard let distance = try? cursor.u16() else { return nil }
      return (Int(tag >> 2) + 1, Int(distance))
    default:
      guard let distance = try? cursor.u32() else { return nil }
      return (Int(tag >> 2) + 1, Int(distance))
    }
  }
}
