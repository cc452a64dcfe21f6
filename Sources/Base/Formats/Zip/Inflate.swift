// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CZlib
package import MartletBytes

/// Why compressed bytes could not be had.
package enum InflateError: Error, Equatable, Sendable {
  /// The bytes are no deflate stream, or stop inside one.
  case malformed
  /// They become more than `limit` bytes.
  case tooLarge(limit: Int)
}

/// Deflate (RFC 1951) through zlib, bounded.
package enum Inflate {
  /// Inflates one raw deflate stream of at most `limit` bytes.
  /// - Returns: the bytes, and how many of the source the stream took.
  /// - Throws: ``InflateError/malformed`` and ``InflateError/tooLarge(limit:)``.
  package static func raw(_ source: Bytes, limit: Int) throws(InflateError) -> (bytes: Bytes, consumed: Int) {
    let spool = BytesSpool()
    let outcome = Decompressor.run(.deflate, source, into: spool, limit: limit)
    switch outcome.failure {
    case nil: break
    case .tooLarge: throw .tooLarge(limit: limit)
    default: throw .malformed
    }
    do throws(BytesError) { return (try spool.finish(), outcome.consumed) } catch { throw .malformed }
  }

  /// The CRC-32 of zip and PNG. Of a mapped file no more than a few MiB are resident meanwhile.
  package static func crc32(_ bytes: Bytes) -> UInt32 {
    var sum: uLong = 0
    var at = 0
    while at < bytes.count {
      let piece = bytes.slice(at..<min(bytes.count, at + (4 << 20)))
      unsafe piece.withUnsafeBytes { raw in
        guard let start = raw.baseAddress else { return }
        sum = unsafe crc32_z(sum, start.assumingMemoryBound(to: UInt8.self), raw.count)
      }
      if bytes.count > 16 << 20 { piece.releasePages(0..<piece.count) }
      at += piece.count
    }
    return UInt32(truncatingIfNeeded: sum)
  }
}
