// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// One decompressor of one library, over one stream. A class, because some of the libraries remember the address
/// of what they were given.
protocol StreamDecoder: AnyObject {
  /// Reads some of `input` and writes some of `output`; neither is empty, but for the input at the end of the source.
  func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) -> DecoderStep
}

struct DecoderStep {
  enum State { case more, end, failed(String) }
  var taken: Int
  var made: Int
  var state: State
}

/// How compressed bytes become others.
package enum Coder: Sendable, Equatable {
  case deflate, zlib, gzip, bzip2, xz, lzmaAlone, lz4, zstd
  /// LZMA without a header, as zip (method 14) and 7z have it: its five bytes of properties and the size that comes out.
  case lzma(properties: [UInt8], size: Int)
  /// Filters of liblzma, innermost last, without a header: 7z's LZMA2, delta and branch converters.
  case filters([Filter])

  package struct Filter: Sendable, Equatable {
    package let id: UInt64
    package let properties: [UInt8]

    package init(id: UInt64, properties: [UInt8]) {
      self.id = id
      self.properties = properties
    }
  }

  /// nil when the library refuses it, or it needs more memory than ``Limits/decoderMemory``.
  func decoder() -> (any StreamDecoder)? {
    switch self {
    case .deflate: ZlibDecoder(windowBits: -15)
    case .zlib: ZlibDecoder(windowBits: 15)
    case .gzip: ZlibDecoder(windowBits: 31)
    case .bzip2: Bzip2Decoder()
    case .xz: LZMADecoder(.xz)
    case .lzmaAlone: LZMADecoder(.alone)
    case .lzma(let properties, let size): LZMADecoder(properties: properties, size: size)
    case .filters(let filters): LZMADecoder(filters: filters)
    case .lz4: LZ4Decoder()
    case .zstd: ZstdDecoder()
    }
  }
}
