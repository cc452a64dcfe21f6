// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Finds where a picture ends, so that bytes behind it do not go unseen.
package enum Picture {
  /// Where the picture ends, or nil when its structure breaks off.
  package static func end(of bytes: Bytes, as format: FileFormat) -> Int? {
    switch format {
    case .png: png(bytes)
    case .jpeg: bytes.count >= 4 && tail(bytes, [0xFF, 0xD9]) ? bytes.count : nil
    case .gif: tail(bytes, [0x3B]) ? bytes.count : nil
    default: nil
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
