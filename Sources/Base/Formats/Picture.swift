// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Finds where a picture ends, so that bytes behind it do not go unseen.
package enum Picture: String, Sendable {
  case png, jpeg, gif

  /// Whether the bytes begin like one.
  package func fits(_ bytes: Bytes) -> Bool {
    switch self {
    case .png: bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    case .jpeg: bytes.starts(with: [0xFF, 0xD8, 0xFF])
    case .gif: bytes.starts(with: Array("GIF87a".utf8)) || bytes.starts(with: Array("GIF89a".utf8))
    }
  }

  /// Where the picture ends, or nil when its structure breaks off.
  package func end(of bytes: Bytes) -> Int? {
    switch self {
    case .png: Self.png(bytes)
    case .jpeg: bytes.count >= 4 && Self.tail(bytes, [0xFF, 0xD9]) ? bytes.count : nil
    case .gif: Self.tail(bytes, [0x3B]) ? bytes.count : nil
    }
  }

  private static func tail(_ bytes: Bytes, _ mark: [UInt8]) -> Bool {
    bytes.count >= mark.count && mark.indices.allSatisfy { bytes[bytes.count - mark.count + $0] == mark[$0] }
  }

  /// Chunk after chunk to IEND (W3C PNG, section 5).
  private static func png(_ bytes: Bytes) -> Int? {
    var cursor = ByteCursor(bytes.span, at: min(8, bytes.count))
    while let length = try? cursor.u32BigEndian(), let type = try? cursor.u32BigEndian() {
      guard length <= 0x7FFF_FFFF, (try? cursor.skip(Int(length) + 4)) != nil else { return nil }
      if type == 0x4945_4E44 { return cursor.offset }
    }
    return nil
  }
}
