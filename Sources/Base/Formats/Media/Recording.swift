// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Finds where sound, film, a typeface or a table of data ends.
package enum Recording: String, Sendable, CaseIterable {
  case riff, ogg, mp3, mp4, font, woff, parquet, arrow

  package func fits(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 12 else { return false }
    switch self {
    case .riff:
      let form = bytes.slice(8..<12)
      return bytes.starts(with: Array("RIFF".utf8))
        && ["WAVE", "WEBP", "AVI "].contains { form.starts(with: Array($0.utf8)) }
    case .ogg: return bytes.starts(with: Array("OggS".utf8)) && bytes[4] == 0
    case .mp3:
      if bytes.starts(with: Array("ID3".utf8)) { return (2...4).contains(bytes[3]) && bytes[6] < 0x80 }
      guard let first = Self.frame(bytes, at: 0), let second = Self.frame(bytes, at: first) else {
        return false
      }
      return Self.frame(bytes, at: first + second) != nil
    case .mp4: return bytes.slice(4..<8).starts(with: Array("ftyp".utf8)) && bytes[0] == 0 && bytes[1] == 0
    case .font:
      return [[0, 1, 0, 0], Array("OTTO".utf8), Array("true".utf8)].contains { bytes.starts(with: $0) }
        && Self.font(bytes) != nil
    case .woff: return bytes.starts(with: Array("wOFF".utf8)) || bytes.starts(with: Array("wOF2".utf8))
    case .parquet: return bytes.starts(with: Array("PAR1".utf8))
    case .arrow: return bytes.starts(with: Array("ARROW1\0\0".utf8))
    }
  }

  /// Where it ends, or nil when its structure breaks off.
  package func end(of bytes: Bytes) -> Int? {
    var cursor = ByteCursor(bytes.span)
    switch self {
    case .riff:
      guard (try? cursor.skip(4)) != nil, let size = try? cursor.u32(), size >= 4 else { return nil }
      let end = 8 + Int(size)
      guard end <= bytes.count, (try? cursor.skip(4)) != nil else { return nil }
      while cursor.offset + 8 <= end {
        guard (try? cursor.skip(4)) != nil, let length = try? cursor.u32(),
          Int(length) <= end - cursor.offset,
          (try? cursor.skip(min(Int(length) + Int(length & 1), bytes.count - cursor.offset))) != nil
        else { return nil }
      }
      return max(end, cursor.offset)
    case .ogg:
      while !cursor.isAtEnd {
        guard let magic = try? cursor.u32(), magic == 0x5367_674F else { return cursor.offset - 4 }
        guard (try? cursor.skip(22)) != nil, let count = try? cursor.u8(),
          let table = try? cursor.take(Int(count))
        else { return nil }
        var length = 0
        for index in 0..<table.count { length += Int(table[index]) }
        guard (try? cursor.skip(length)) != nil else { return nil }
      }
      return cursor.offset
    case .mp3: return Self.mp3(bytes)
    case .mp4:
      while !cursor.isAtEnd {
        let start = cursor.offset
        guard let short = try? cursor.u32BigEndian(), let type = try? cursor.u32BigEndian() else {
          return start
        }
        for shift in [24, 16, 8, 0] as [UInt32] where !(0x20...0x7E).contains(type >> shift & 0xFF) {
          return start
        }
        var size = UInt64(short)
        if short == 1 {
          guard let long = try? cursor.u64BigEndian() else { return nil }
          size = long
        }
        if short == 0 { return bytes.count }
        guard size >= 8, size <= UInt64(bytes.count - start),
          (try? cursor.seek(to: UInt64(start) + size)) != nil
        else { return nil }
      }
      return cursor.offset
    case .font: return Self.font(bytes)
    case .woff:
      guard (try? cursor.skip(8)) != nil, let length = try? cursor.u32BigEndian(), Int(length) <= bytes.count
      else { return nil }
      return Int(length)
    case .parquet: return Self.tail(bytes, magic: Array("PAR1".utf8), head: 4)
    case .arrow: return Self.tail(bytes, magic: Array("ARROW1".utf8), head: 8)
    }
  }

  /// A footer with its length and the magic behind it, at the very end.
  private static func tail(_ bytes: Bytes, magic: [UInt8], head: Int) -> Int? {
    let at = bytes.count - magic.count
    guard at >= head + 4, bytes.slice(at..<bytes.count).starts(with: magic) else { return nil }
    var cursor = ByteCursor(bytes.span, at: at - 4)
    guard let length = try? cursor.u32(), length > 0, Int(length) <= at - 4 - head else { return nil }
    return bytes.count
  }

  /// The end of the last table, with its padding.
  private static func font(_ bytes: Bytes) -> Int? {
    var cursor = ByteCursor(bytes.span, at: 4)
    guard let count = try? cursor.u16BigEndian(), (1...128).contains(count), (try? cursor.skip(6)) != nil
    else { return nil }
    var end = 12 + 16 * Int(count)
    for _ in 0..<count {
      guard (try? cursor.skip(8)) != nil, let start = try? cursor.u32BigEndian(),
        let length = try? cursor.u32BigEndian(), Int(start) >= 12, Int(start) + Int(length) <= bytes.count
      else { return nil }
      end = max(end, Int(start) + Int(length))
    }
    return min((end + 3) / 4 * 4, bytes.count)
  }

  private static let rates: [[Int]] = [
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ]

  /// The length of the layer III frame at an offset (ISO 11172-3), or nil.
  private static func frame(_ bytes: Bytes, at offset: Int) -> Int? {
    guard offset >= 0, offset + 4 <= bytes.count, bytes[offset] == 0xFF, bytes[offset + 1] & 0xE6 == 0xE2
    else { return nil }
    let version = bytes[offset + 1] >> 3 & 3
    let rate = Int(bytes[offset + 2] >> 4)
    let frequency = Int(bytes[offset + 2] >> 2 & 3)
    guard version != 1, rate != 0, rate != 15, frequency != 3 else { return nil }
    let hertz = [44100, 48000, 32000][frequency] / (version == 3 ? 1 : version == 2 ? 2 : 4)
    let bits = rates[version == 3 ? 0 : 1][rate] * 1000
    return (version == 3 ? 144 : 72) * bits / hertz + Int(bytes[offset + 2] >> 1 & 1)
  }

  private static func mp3(_ bytes: Bytes) -> Int? {
    var at = 0
    if bytes.starts(with: Array("ID3".utf8)) {
      at = 10 + (6..<10).reduce(0) { $0 << 7 | Int(bytes[$1] & 0x7F) }
    }
    guard at < bytes.count, frame(bytes, at: at) != nil else { return nil }
    while at < bytes.count, let length = frame(bytes, at: at) { at += length }
    // The last frame may be cut, and a fixed block of 128 bytes with titles may follow.
    if at > bytes.count { return bytes.count }
    if bytes.count - at == 128, bytes.slice(at..<bytes.count).starts(with: Array("TAG".utf8)) {
      return bytes.count
    }
    return at
  }
}
