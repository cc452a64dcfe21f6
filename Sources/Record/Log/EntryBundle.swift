// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Up to 256 entries in one file, each behind its length as two big-endian bytes (C2SP tlog-tiles).
enum EntryBundle {
  /// What two bytes can count.
  static let longestEntry = 65_535
  /// No bundle is longer.
  static let longest = TilePath.fullWidth * (2 + longestEntry)

  static func append(_ entry: [UInt8], to bundle: inout [UInt8]) {
    bundle.append(UInt8(entry.count >> 8))
    bundle.append(UInt8(entry.count & 255))
    bundle += entry
  }

  /// Where the first `count` entries lie. Fewer when the bundle ends in the midst of one; `end` is where what
  /// could be read ends.
  static func ranges(in bundle: [UInt8], count: Int) -> (entries: [Range<Int>], end: Int) {
    var entries: [Range<Int>] = []
    var end = 0
    while entries.count < count, bundle.count - end >= 2 {
      let length = Int(bundle[end]) << 8 | Int(bundle[end + 1])
      guard bundle.count - end - 2 >= length else { break }
      entries.append(end + 2..<end + 2 + length)
      end += 2 + length
    }
    return (entries, end)
  }
}
