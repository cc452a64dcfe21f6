// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A model of the Open Neural Network Exchange.
struct ONNXFormat: ScannedFormat {
  let name = "onnx"

  func fits(_ bytes: Bytes) -> Bool { ONNXProbe.looksLikeModel(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let walk = ONNXWalk(bytes, folder: place.members.isEmpty ? scan.folder : NoFolder())
    scan.dataFiles.formUnion(walk.facts.dataFiles)
    scan.report(.onnx(walk.facts), place)
    return name
  }
}
