// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Archives and compressed data that are recognised and cannot be read here.
struct UnreadableArchiveFormat: ScannedFormat {
  let name = "archive"

  private static let magics: [(name: String, magic: [UInt8])] = [
    ("rar", [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07]),
    ("lzip", [0x4C, 0x5A, 0x49, 0x50, 0x01]),
    ("compress", [0x1F, 0x9D, 0x90]),
    ("lz4-legacy", [0x02, 0x21, 0x4C, 0x18]),
    ("lzop", [0x89, 0x4C, 0x5A, 0x4F, 0x00, 0x0D, 0x0A, 0x1A, 0x0A]),
    ("snappy", [0xFF, 0x06, 0x00, 0x00, 0x73, 0x4E, 0x61, 0x50, 0x70, 0x59]),
    ("cab", [0x4D, 0x53, 0x43, 0x46, 0x00, 0x00, 0x00, 0x00]),
    ("ace", [0x2A, 0x2A, 0x41, 0x43, 0x45, 0x2A, 0x2A]),
    ("squashfs", [0x68, 0x73, 0x71, 0x73]),
  ]

  func fits(_ bytes: Bytes) -> Bool { Self.kind(of: bytes) != nil }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let kind = Self.kind(of: bytes) ?? name
    scan.note("archive.unsupported", "\(kind) archives cannot be read", construct: kind, place)
    return kind
  }

  private static func kind(of bytes: Bytes) -> String? {
    magics.first { bytes.starts(with: $0.magic) }?.name
  }
}
