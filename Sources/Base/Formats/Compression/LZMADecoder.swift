// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CLZMA
import Glibc
import MartletBytes

/// xz, LZMA with its old header, and the bare filters of both, through liblzma.
@safe final class LZMADecoder: StreamDecoder {
  enum Container { case xz, alone }

  private let stream: UnsafeMutablePointer<lzma_stream>
  /// A header that the container of the data leaves out.
  private var header: [UInt8] = []

  private init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: lzma_stream())
  }

  deinit {
    unsafe lzma_end(stream)
    unsafe stream.deallocate()
  }

  convenience init?(_ container: Container) {
    self.init()
    let memory = UInt64(Limits.decoderMemory)
    let status =
      switch container {
      case .xz: unsafe lzma_stream_decoder(stream, memory, 0)
      case .alone: unsafe lzma_alone_decoder(stream, memory)
      }
    guard status == LZMA_OK else { return nil }
  }

  /// LZMA that has only its properties: the old header is put in front again.
  convenience init?(properties: [UInt8], size: Int) {
    guard properties.count == 5 else { return nil }
    self.init(.alone)
    header = properties + (0..<8).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
  }

  convenience init?(filters: [Coder.Filter]) {
    guard !filters.isEmpty, filters.count <= 4 else { return nil }
    self.init()
    var chain: [lzma_filter] = unsafe []
    defer {
      // The options were allocated by liblzma with malloc.
      for index in unsafe chain.indices { unsafe free(chain[index].options) }
    }
    for filter in filters {
      var next = unsafe lzma_filter(id: filter.id, options: nil)
      let status = unsafe filter.properties.withUnsafeBufferPointer {
        unsafe lzma_properties_decode(&next, nil, $0.baseAddress, $0.count)
      }
      guard status == LZMA_OK else { return nil }
      unsafe chain.append(next)
    }
    unsafe chain.append(lzma_filter(id: .max, options: nil))
    let memory = unsafe lzma_raw_decoder_memusage(chain)
    guard memory <= UInt64(Limits.decoderMemory), unsafe lzma_raw_decoder(stream, chain) == LZMA_OK else {
      return nil
    }
  }

  func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) -> DecoderStep {
    if !header.isEmpty {
      let front = header
      header = []
      let failed: DecoderStep? = unsafe front.withUnsafeBytes { raw in
        let first = unsafe code(raw, output)
        return if case .more = first.state { nil } else { first }
      }
      if var failed {
        failed.taken = 0
        return failed
      }
    }
    return unsafe code(input, output)
  }

  private func code(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> DecoderStep {
    unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_in = input.count
    unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = output.count
    let status = unsafe lzma_code(stream, LZMA_RUN)
    let taken = unsafe input.count - stream.pointee.avail_in
    let made = unsafe output.count - stream.pointee.avail_out
    let state: DecoderStep.State =
      switch status {
      case LZMA_OK, LZMA_BUF_ERROR: .more
      case LZMA_STREAM_END: .end
      case LZMA_MEMLIMIT_ERROR, LZMA_MEM_ERROR:
        .failed("it wants more memory than \(Limits.decoderMemory) bytes")
      case LZMA_OPTIONS_ERROR: .failed("it uses filters that are not known")
      default: .failed("the data is damaged")
      }
    return DecoderStep(taken: taken, made: made, state: state)
  }
}
