// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CBzip2

/// bzip2, through libbz2.
@safe final class Bzip2Decoder: StreamDecoder {
  private let stream: UnsafeMutablePointer<bz_stream>

  init?() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: bz_stream())
    guard unsafe BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK else {
      unsafe stream.deallocate()
      return nil
    }
  }

  deinit {
    unsafe BZ2_bzDecompressEnd(stream)
    unsafe stream.deallocate()
  }

  func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) -> DecoderStep {
    unsafe stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: CChar.self))
    unsafe stream.pointee.avail_in = UInt32(input.count)
    unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: CChar.self)
    unsafe stream.pointee.avail_out = UInt32(output.count)
    let status = unsafe BZ2_bzDecompress(stream)
    let taken = unsafe input.count - Int(stream.pointee.avail_in)
    let made = unsafe output.count - Int(stream.pointee.avail_out)
    let state: DecoderStep.State =
      switch status {
      case BZ_OK: .more
      case BZ_STREAM_END: .end
      case BZ_MEM_ERROR: .failed("there is no memory for it")
      default: .failed("the data is damaged")
      }
    return DecoderStep(taken: taken, made: made, state: state)
  }
}
