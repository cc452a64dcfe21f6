// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A skops file: a zip archive with a schema that says which objects to make, and arrays.
struct SkopsArchive: ArchiveProfile {
  let name = "skops"

  func fits(_ archive: any MemberArchive) -> Bool {
    guard archive.names.contains("schema.json"), let schema = archive.contents(of: "schema.json") else {
      return false
    }
    let head = String(decoding: schema.slice(0..<min(schema.count, 4096)).array(), as: UTF8.self)
    return ["__loader__", "__module__", "__class__", "_skops_version", "\\u"].contains { head.contains($0) }
  }

  func scan(_ archive: any MemberArchive, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    guard let schema = archive.contents(of: "schema.json") else { return }
    SkopsSchema.examine(schema, at: place.inside("schema.json"), in: &scan)
  }
}
