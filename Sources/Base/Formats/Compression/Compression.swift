// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Containers of compressed data that their first bytes tell.
package enum Compression: String, CaseIterable, Sendable {
  case gzip, zlib, bzip2, xz, lzma, lz4, zstd

  package var coder: Coder {
    switch self {
    case .gzip: .gzip
    case .zlib: .zlib
    case .bzip2: .bzip2
    case .xz: .xz
    case .lzma: .lzmaAlone
    case .lz4: .lz4
    case .zstd: .zstd
    }
  }

  /// Whether programs that read this go on with a second stream behind the first.
  package var isMultiStream: Bool { self != .zlib && self != .lzma }

  /// Whether a stream of this kind starts here. zlib and old LZMA have no magic: data must really come out.
  package func fits(_ bytes: Bytes) -> Bool {
    switch self {
    case .gzip: return bytes.starts(with: [0x1F, 0x8B])
    case .xz: return bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])
    case .bzip2: return Self.isBzip2(bytes)
    case .lz4, .zstd: return isFrame(bytes)
    case .zlib: return Self.isZlib(bytes)
    case .lzma: return Self.isOldLZMA(bytes)
    }
  }

  /// `BZh`, a block size, and the number that begins a block or an empty stream.
  private static func isBzip2(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 10, bytes.starts(with: [0x42, 0x5A, 0x68]), (0x31...0x39).contains(bytes[3]) else {
      return false
    }
    let magic = bytes.slice(4..<10)
    return magic.starts(with: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
      || magic.starts(with: [0x17, 0x72, 0x45, 0x38, 0x50, 0x90])
  }

  /// A frame, behind any skippable frames.
  private func isFrame(_ bytes: Bytes) -> Bool {
    var cursor = ByteCursor(bytes.span)
    for _ in 0..<64 {
      guard let magic = try? cursor.u32() else { return false }
      if magic == (self == .lz4 ? 0x184D_2204 : 0xFD2F_B528) { return true }
      guard magic & 0xFFFF_FFF0 == 0x184D_2A50, let length = try? cursor.u32(),
        (try? cursor.skip(Int(length))) != nil
      else { return false }
    }
    return false
  }

  /// RFC 1950: deflate with a window of at most 32 KiB, and a checksum over two bytes.
  private static func isZlib(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 3, bytes[0] & 0x0F == 8, bytes[0] >> 4 <= 7, bytes[1] & 0x20 == 0 else {
      return false
    }
    guard (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0 else { return false }
    // The usual window is believed when anything comes out, damaged or not; a rare one must get far.
    let isUsual = bytes[0] == 0x78
    return Decompressor.begins(.zlib, bytes, count: isUsual ? 64 : 4096, damagedFrom: isUsual ? 16 : .max)
  }

  /// The header that xz accepts in a file without a magic: plausible properties, dictionary and size.
  private static func isOldLZMA(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 14, bytes[0] < 225, bytes[13] == 0 else { return false }
    let properties = Int(bytes[0])
    guard properties % 9 + properties / 9 % 5 <= 4 else { return false }
    var cursor = ByteCursor(bytes.span, at: 1)
    guard let dictionary = try? cursor.u32(), let size = try? cursor.u64() else { return false }
    let high =
      dictionary.leadingZeroBitCount < 31 ? UInt32(1) << (31 - UInt32(dictionary.leadingZeroBitCount)) : 0
    guard dictionary >= 4096, dictionary == .max || dictionary == high || dictionary == high + high / 2 else {
      return false
    }
    guard size == .max || (size > 0 && size < 1 << 38) else { return false }
    return Decompressor.begins(.lzmaAlone, bytes, count: 16)
  }
}
