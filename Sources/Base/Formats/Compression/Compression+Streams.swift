// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

extension Compression {
  /// Length of the skippable frame that stands here, which readers of lz4 and zstd pass over.
  package func skippable(_ bytes: Bytes) -> Int? {
    guard self == .lz4 || self == .zstd, bytes.count >= 8 else { return nil }
    var cursor = ByteCursor(bytes.span)
    guard let magic = try? cursor.u32(), magic & 0xFFFF_FFF0 == 0x184D_2A50, let length = try? cursor.u32(),
      (try? cursor.skip(Int(length))) != nil
    else { return nil }
    return cursor.offset
  }

  /// Bytes behind a stream that mean nothing: zeros behind gzip, as tapes have them, and in fours behind xz.
  package func padding(_ bytes: Bytes, _ offset: Int) -> Int {
    guard self == .gzip || self == .xz else { return 0 }
    let span = bytes.span
    var at = offset
    while at < span.count, span[at] == 0 { at += 1 }
    return self == .xz ? (at - offset) / 4 * 4 : at - offset
  }
}

/// The header of a gzip stream (RFC 1952).
package enum GzipHeader {
  /// The file name in it, in Latin-1 as the format wants it, or nil where there is none.
  package static func name(of stream: Bytes) -> String? {
    var cursor = ByteCursor(stream.span)
    guard (try? cursor.skip(3)) != nil, let flags = try? cursor.u8(), flags & 8 != 0,
      (try? cursor.skip(6)) != nil
    else { return nil }
    if flags & 4 != 0 {
      guard let length = try? cursor.u16(), (try? cursor.skip(Int(length))) != nil else { return nil }
    }
    var name = String.UnicodeScalarView()
    while let byte = try? cursor.u8(), byte != 0, name.count < 4096 { name.append(Unicode.Scalar(byte)) }
    return String(name)
  }
}
