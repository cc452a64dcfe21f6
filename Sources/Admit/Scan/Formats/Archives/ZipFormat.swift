// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Zip archives, with something in front or not.
struct ZipFormat: ScannedFormat {
  let name = "zip"

  func fits(_ bytes: Bytes) -> Bool { ZipArchive.looksLikeOne(bytes) }

  /// The signature of a member in front is also the opcode of a persistent id. Unpicklers that know no such ids, and those
  /// are all that come before the archive's own reader, stop right there.
  func carries(_ other: String, in bytes: Bytes) -> Bool {
    other == "pickle" && bytes.starts(with: [0x50, 0x4B, 3, 4])
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    scan.scanZip(bytes, place)
  }
}

/// The members of a zip archive as its directory names them.
struct ZipMembers: MemberArchive {
  let archive: ZipArchive
  let names: [String]

  init(_ archive: ZipArchive) {
    self.archive = archive
    names = archive.entries.filter { !$0.isDirectory }.map(\.name)
  }

  func contents(of name: String) -> Bytes? {
    archive.entry(name).flatMap { try? archive.contents(of: $0) }
  }
}
