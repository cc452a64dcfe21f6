// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CLZ4

/// Frames of LZ4, through liblz4. Skippable frames are streams of no bytes.
@safe final class LZ4Decoder: StreamDecoder {
  private let context: OpaquePointer

  init?() {
    var made: OpaquePointer?
    guard unsafe LZ4F_isError(LZ4F_createDecompressionContext(&made, 100)) == 0, let made = unsafe made else {
      return nil
    }
    unsafe context = made
  }

  deinit { _ = unsafe LZ4F_freeDecompressionContext(context) }

  func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) -> DecoderStep {
    var made = output.count
    var taken = input.count
    let status = unsafe LZ4F_decompress(context, output.baseAddress, &made, input.baseAddress, &taken, nil)
    if LZ4F_isError(status) != 0 {
      let reason = unsafe LZ4F_getErrorName(status).map { unsafe String(cString: $0) }
      return DecoderStep(taken: 0, made: 0, state: .failed(reason ?? "the data is damaged"))
    }
    return DecoderStep(taken: taken, made: made, state: status == 0 ? .end : .more)
  }
}
