// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Bytes of one inflated member that are kept in memory; what is longer goes to a temporary file.
  package static let spooledInMemory = 4 << 20
  /// Bytes that a decompressor may take for its window: `xz -9` needs 65 MiB.
  package static let decoderMemory = 72 << 20
  /// Bytes that are read of a member that says it is larger than everything that may still be inflated.
  package static let inflatedBeyond = 64 << 20
  /// Bytes from which on ``inflationRatio`` counts: a small file of zeros shrinks as much as a bomb.
  package static let inflationRatioFrom = 64 << 20
  /// Times its size that compressed data may become.
  package static let inflationRatio = 250
  /// Bytes that members may become together that lie over each other, or in something that was itself inflated: of a small
  /// artifact; of a large one ``inflationRatio`` times its own.
  package static let unfoldedTotal = 64 << 20
  /// Bytes up to which an array that is as large as its header says is none.
  package static let plainArray = 256 << 20
  /// Compressed streams that follow each other in one file.
  package static let compressedStreams = 1 << 16
  /// Bytes of the records that extend one header of a tar archive.
  package static let tarExtension = 1 << 20
  /// Pieces of a sparse file in a tar archive.
  package static let sparsePieces = 1 << 16
  /// Bytes of the directory of a 7z archive.
  package static let sevenZipHeader = 64 << 20
  /// Folders and coders of a 7z archive.
  package static let sevenZipFolders = 1 << 16
}
