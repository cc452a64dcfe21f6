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
    var consumed = 0
    var chunks: [UInt8] = []
    var failure: InflateError?
    var stream = unsafe z_stream()
    guard
      unsafe inflateInit2_(
        &stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .malformed }
    defer { unsafe inflateEnd(&stream) }
    unsafe source.withUnsafeBytes { raw in
      let piece = 1 << 20
      let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: piece)
      defer { unsafe buffer.deallocate() }
      // zlib counts in 32 bits, so that a long source is handed over in pieces.
      var status = Z_OK
      while status == Z_OK {
        let left = raw.count - consumed
        let give = min(left, Int(Int32.max))
        if let start = raw.baseAddress {
          unsafe stream.next_in = UnsafeMutablePointer(
            mutating: (start + consumed).assumingMemoryBound(to: UInt8.self))
        }
        unsafe stream.avail_in = UInt32(give)
        unsafe stream.next_out = buffer
        unsafe stream.avail_out = UInt32(piece)
        status = unsafe inflate(&stream, Z_NO_FLUSH)
        let took = give - Int(unsafe stream.avail_in)
        let made = piece - Int(unsafe stream.avail_out)
        consumed += took
        guard made <= limit - chunks.count else {
          failure = .tooLarge(limit: limit)
          return
        }
        unsafe chunks.append(contentsOf: UnsafeBufferPointer(start: buffer, count: made))
        if took == 0 && made == 0 && status == Z_OK { break }
      }
      if status != Z_STREAM_END { failure = .malformed }
    }
    if let failure { throw failure }
    return (Bytes(chunks), consumed)
  }

  /// The CRC-32 of zip and PNG.
  package static func crc32(_ bytes: Bytes) -> UInt32 {
    var sum: uLong = 0
    unsafe bytes.withUnsafeBytes { raw in
      guard let start = raw.baseAddress else { return }
      sum = unsafe crc32_z(sum, start.assumingMemoryBound(to: UInt8.self), raw.count)
    }
    return UInt32(truncatingIfNeeded: sum)
  }
}
