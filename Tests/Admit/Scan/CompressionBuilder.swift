// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CBzip2
import CLZ4
import CLZMA
import CZlib
import CZstd
import MartletBytes
import MartletFormats

/// Compresses with the libraries themselves.
enum CompressionBuilder {
  static func make(_ kind: Compression, _ bytes: Bytes) -> Bytes {
    switch kind {
    case .gzip: zlib(bytes, windowBits: 31)
    case .zlib: zlib(bytes, windowBits: 15)
    case .bzip2: bzip2(bytes)
    case .xz, .lzma: xz(bytes, isAlone: kind == .lzma)
    case .lz4: filled(bytes) { LZ4F_compressFrame($1.baseAddress, $1.count, $0.baseAddress, $0.count, nil) }
    case .zstd: filled(bytes) { ZSTD_compress($1.baseAddress, $1.count, $0.baseAddress, $0.count, 3) }
    }
  }

  /// A raw deflate stream.
  static func deflate(_ bytes: Bytes) -> Bytes { zlib(bytes, windowBits: -15) }

  private static func filled(
    _ bytes: Bytes, _ body: (UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer) -> Int
  ) -> Bytes {
    bytes.withUnsafeBytes { source in Bytes(capacity: source.count + (1 << 16)) { body(source, $0) } }
  }

  private static func zlib(_ bytes: Bytes, windowBits: Int32) -> Bytes {
    filled(bytes) { source, target in
      var stream = z_stream()
      deflateInit2_(
        &stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size))
      stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(source.count)
      stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(target.count)
      CZlib.deflate(&stream, Z_FINISH)
      deflateEnd(&stream)
      return target.count - Int(stream.avail_out)
    }
  }

  private static func bzip2(_ bytes: Bytes) -> Bytes {
    filled(bytes) { source, target in
      var length = UInt32(target.count)
      BZ2_bzBuffToBuffCompress(
        target.baseAddress?.assumingMemoryBound(to: CChar.self), &length,
        UnsafeMutablePointer(mutating: source.baseAddress?.assumingMemoryBound(to: CChar.self)),
        UInt32(source.count), 9, 0, 0)
      return Int(length)
    }
  }

  private static func xz(_ bytes: Bytes, isAlone: Bool) -> Bytes {
    filled(bytes) { source, target in
      var stream = lzma_stream()
      var options = lzma_options_lzma()
      _ = lzma_lzma_preset(&options, 6)
      _ = isAlone ? lzma_alone_encoder(&stream, &options) : lzma_easy_encoder(&stream, 6, LZMA_CHECK_CRC64)
      stream.next_in = source.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_in = source.count
      stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = target.count
      _ = lzma_code(&stream, LZMA_FINISH)
      let made = target.count - stream.avail_out
      lzma_end(&stream)
      return made
    }
  }
}
