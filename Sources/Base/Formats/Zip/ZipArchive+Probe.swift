// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

extension ZipArchive {
  /// A member in front, or the end of a directory in the last 64 KiB.
  /// The part of `bytes` that a reader who starts from the end takes for the archive; nil when it finds none.
  package static func extent(in bytes: Bytes) -> Range<Int>? {
    var reader = ZipReader(bytes: bytes)
    guard (try? reader.findDirectory()) != nil,
      let end = reader.claims.map(\.range.upperBound).max(), reader.base >= 0, reader.base <= end
    else { return nil }
    return reader.base..<end
  }

  package static func looksLikeOne(_ bytes: Bytes) -> Bool {
    if bytes.starts(with: [0x50, 0x4B, 3, 4]) { return true }
    guard bytes.count >= 22 else { return false }
    let span = bytes.span
    var at = bytes.count - 22
    let floor = max(0, bytes.count - 22 - 0xFFFF)
    while at >= floor {
      if span[at] == 0x50, span[at + 1] == 0x4B, span[at + 2] == 5, span[at + 3] == 6 {
        // The directory must lie in front of its end, so that four bytes in a picture are no archive.
        var size = 0
        for index in 0..<4 { size |= Int(span[at + 12 + index]) << (8 * index) }
        if size <= at || size == 0xFFFF_FFFF { return true }
      }
      at -= 1
    }
    return false
  }
}
