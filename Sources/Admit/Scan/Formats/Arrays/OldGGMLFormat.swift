// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Quantised tensors as they were stored before GGUF.
struct OldGGMLFormat: ScannedFormat {
  let name = "ggml"

  func fits(_ bytes: Bytes) -> Bool { OldGGML.looksLikeOne(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    var notes = Notes()
    do throws(StructureError) { try OldGGML.check(bytes) } catch {
      notes.add(error, as: StructureKinds("gguf"))
    }
    scan.report(notes, place)
    return name
  }
}
