// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CZlib

/// Deflate (RFC 1951), zlib (RFC 1950) and gzip (RFC 1952), through zlib.
@safe final class ZlibDecoder: StreamDecoder {
  private let stream: UnsafeMutablePointer<z_stream>

  init?(windowBits: Int32) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    guard
      unsafe inflateInit2_(stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      unsafe stream.deallocate()
      return nil
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) -> DecoderStep {
    unsafe stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    unsafe stream.pointee.avail_in = UInt32(input.count)
    unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = UInt32(output.count)
    let status = unsafe inflate(stream, Z_NO_FLUSH)
    let taken = unsafe input.count - Int(stream.pointee.avail_in)
    let made = unsafe output.count - Int(stream.pointee.avail_out)
    let state: DecoderStep.State =
      switch status {
      case Z_OK, Z_BUF_ERROR: .more
      case Z_STREAM_END: .end
      case Z_NEED_DICT: .failed("it needs a dictionary that is not there")
      case Z_MEM_ERROR: .failed("there is no memory for it")
      default: .failed(unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "the data is damaged")
      }
    return DecoderStep(taken: taken, made: made, state: state)
  }
}
