// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension Bytes {
  /// The signed little-endian numbers of `width` bytes, 4 or 8, that the bytes consist of; nil when the last one is cut.
  func integers(of width: Int) -> [Int64]? {
    var cursor = ByteCursor(span)
    var all: [Int64] = []
    while !cursor.isAtEnd {
      if width == 8 {
        guard let value = try? cursor.u64() else { return nil }
        all.append(Int64(bitPattern: value))
      } else {
        guard let value = try? cursor.u32() else { return nil }
        all.append(Int64(Int32(bitPattern: value)))
      }
    }
    return all
  }
}
