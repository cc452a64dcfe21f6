// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension Target {
  static let archives: [String: Body] = [
    "zip": { bytes in
      _ = ZipArchive.looksLikeOne(bytes)
      guard let archive = try? ZipArchive(bytes) else { return }
      for entry in archive.entries.prefix(64) {
        _ = archive.stored(entry)
        _ = archive.read(entry, limit: inflated)
      }
    },
    "tar": { bytes in
      _ = TarArchive.looksLikeOne(bytes)
      let archive = TarArchive(bytes)
      for entry in archive.entries.prefix(64) { _ = archive.contents(of: entry, limit: inflated) }
    },
    "7z": { bytes in
      guard let archive = try? SevenZipArchive(bytes) else { return }
      for folder in archive.folders.prefix(64) { _ = archive.unpack(folder, limit: inflated) }
    },
    "gzip": { decompress(.gzip, $0) },
    "zlib": { decompress(.zlib, $0) },
    "deflate": { decompress(.deflate, $0) },
    "bzip2": { decompress(.bzip2, $0) },
    "xz": { decompress(.xz, $0) },
    "lzma": { decompress(.lzmaAlone, $0) },
    "lz4": { decompress(.lz4, $0) },
    "zstd": { decompress(.zstd, $0) },
  ]

  private static func decompress(_ coder: Coder, _ bytes: Bytes) {
    for compression in Compression.allCases where compression.fits(bytes) {
      _ = compression.skippable(bytes)
      _ = compression.padding(bytes, 0)
    }
    _ = Decompressor.begins(coder, bytes, count: 64)
    let spool = BytesSpool()
    _ = Decompressor.run(coder, bytes, into: spool, limit: inflated, checking: true)
    _ = try? spool.finish()
  }
}
