// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Finds where a picture ends, so that bytes behind it do not go unseen.
package enum Picture: String, Sendable, CaseIterable {
  case png, jpeg, gif, bmp, ico, tiff

  /// Whether the bytes begin like one.
  package func fits(_ bytes: Bytes) -> Bool {
    switch self {
    case .png: bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    case .jpeg: bytes.starts(with: [0xFF, 0xD8, 0xFF])
    case .gif: bytes.starts(with: Array("GIF87a".utf8)) || bytes.starts(with: Array("GIF89a".utf8))
    case .bmp: Self.isBitmap(bytes)
    case .ico: Self.icons(bytes) != nil
    case .tiff:
      bytes.starts(with: [0x49, 0x49, 0x2A, 0]) || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A])
    }
  }

  /// Where the picture ends, or nil when its structure breaks off.
  package func end(of bytes: Bytes) -> Int? {
    switch self {
    case .png: return Self.png(bytes)
    case .jpeg: return Self.jpeg(bytes)
    case .gif: return Self.gif(bytes)
    case .bmp:
      var cursor = ByteCursor(bytes.span, at: 2)
      guard let size = try? cursor.u32(), Int(size) <= bytes.count else { return nil }
      return Int(size)
    case .ico: return Self.icons(bytes)
    case .tiff: return TIFF.end(of: bytes)
    }
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

  /// Segment after segment, and through the coded data, to the end of the image (ITU T.81, annex B).
  private static func jpeg(_ bytes: Bytes) -> Int? {
    let span = bytes.span
    var at = 2
    while at + 1 < span.count {
      guard span[at] == 0xFF else { return nil }
      let marker = span[at + 1]
      switch marker {
      case 0xFF: at += 1
      case 0xD9: return at + 2
      case 0x01, 0xD0...0xD8: at += 2
      default:
        guard at + 3 < span.count else { return nil }
        let length = Int(span[at + 2]) << 8 | Int(span[at + 3])
        guard length >= 2, length <= span.count - at - 2 else { return nil }
        at += 2 + length
        guard marker == 0xDA else { continue }
        // A marker ends coded data, unless it is a stuffed zero or a restart.
        while at + 1 < span.count {
          if span[at] == 0xFF, span[at + 1] != 0, !(0xD0...0xD7).contains(span[at + 1]) { break }
          at += 1
        }
      }
    }
    return nil
  }

  /// Block after block to the trailer (GIF89a, section 27).
  private static func gif(_ bytes: Bytes) -> Int? {
    let span = bytes.span
    guard span.count >= 13 else { return nil }
    func table(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }
    var at = 13 + table(span[10])
    func skipBlocks() -> Bool {
      while at < span.count {
        let length = Int(span[at])
        at += 1 + length
        if length == 0 { return true }
      }
      return false
    }
    while at < span.count {
      switch span[at] {
      case 0x3B: return at + 1
      case 0x21:
        at += 2
        guard skipBlocks() else { return nil }
      case 0x2C:
        guard at + 10 < span.count else { return nil }
        at += 11 + table(span[at + 9])
        guard skipBlocks() else { return nil }
      default: return nil
      }
    }
    return nil
  }

  /// A header of a known size behind the 14 bytes that say how long the file is.
  private static func isBitmap(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 26, bytes.starts(with: [0x42, 0x4D]) else { return false }
    var cursor = ByteCursor(bytes.span, at: 14)
    guard let header = try? cursor.u32() else { return false }
    return [12, 40, 52, 56, 64, 108, 124].contains(header)
  }

  /// The end of the last image of an icon, or nil when it is none.
  private static func icons(_ bytes: Bytes) -> Int? {
    var cursor = ByteCursor(bytes.span)
    guard bytes.count >= 22, let zero = try? cursor.u16(), zero == 0, let kind = try? cursor.u16(),
      kind == 1 || kind == 2, let count = try? cursor.u16(), count >= 1, count <= 256
    else { return nil }
    var end = 6 + 16 * Int(count)
    for _ in 0..<count {
      guard (try? cursor.skip(3)) != nil, let reserved = try? cursor.u8(), reserved == 0,
        (try? cursor.skip(4)) != nil, let size = try? cursor.u32(), let offset = try? cursor.u32(),
        Int(offset) >= 6 + 16 * Int(count), size > 0, Int(offset) + Int(size) <= bytes.count
      else { return nil }
      end = max(end, Int(offset) + Int(size))
    }
    return end
  }
}
