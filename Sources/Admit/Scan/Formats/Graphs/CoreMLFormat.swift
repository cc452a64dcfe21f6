// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A Core ML model: a description, and one of many kinds of models.
struct CoreMLFormat: ScannedFormat {
  let name = "coreml"

  func fits(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 6, bytes[0] == 0x08, let fields = ProtoReader.fields(of: bytes, limit: 16) else {
      return false
    }
    guard fields.first?.number == 1, fields.first?.wire == .varint, let version = fields.first?.value,
      version <= 64
    else { return false }
    return fields.contains { $0.number == 2 && $0.wire == .bytes }
      && fields.allSatisfy { $0.number <= 2 || $0.number == 10 || $0.number >= 200 }
      && fields.contains { $0.number >= 200 && $0.wire == .bytes }
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    var walk = CoreMLWalk(folder: scan.folder(of: place))
    do throws(ProtoError) {
      try walk.walk(model: ProtoReader(bytes))
    } catch {
      walk.notes.add("graph.broken", "expected a Core ML model, found one that cannot be read: \(error)")
    }
    scan.hold(walk.dataFiles, at: place)
    scan.report(walk.notes, place)
    return name
  }
}
