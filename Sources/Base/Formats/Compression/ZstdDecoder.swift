// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CZstd
import MartletBytes

/// Zstandard (RFC 8878), through libzstd. Skippable frames are streams of no bytes.
@safe final class ZstdDecoder: StreamDecoder {
  private let context: OpaquePointer

  init?() {
    guard let made = unsafe ZSTD_createDCtx() else { return nil }
    unsafe context = made
    // A window of 64 MiB; frames that want more are refused.
    _ = unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 26)
  }

  deinit { _ = unsafe ZSTD_freeDCtx(context) }

  func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) -> DecoderStep {
    var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let status = unsafe ZSTD_decompressStream(context, &target, &source)
    let state: DecoderStep.State
    if ZSTD_isError(status) != 0 {
      state = .failed(
        unsafe ZSTD_getErrorName(status).map { unsafe String(cString: $0) } ?? "the data is damaged")
    } else {
      state = status == 0 ? .end : .more
    }
    return unsafe DecoderStep(taken: source.pos, made: target.pos, state: state)
  }
}
