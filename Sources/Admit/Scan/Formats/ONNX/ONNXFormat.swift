// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A model of the Open Neural Network Exchange.
struct ONNXFormat: ScannedFormat {
  let name = "onnx"

  func fits(_ bytes: Bytes) -> Bool { ONNXProbe.looksLikeModel(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let walk = ONNXWalk(bytes, folder: scan.folder(of: place))
    scan.hold(walk.dataFiles, at: place)
    scan.report(walk.notes, place)
    for construct in walk.covered {
      scan.saw(construct, covered: "an operator of ONNX Runtime that only computes")
    }
    for part in walk.embedded {
      var inner = place.inside(part.name)
      // A string of numbers may look like anything, and a description like source code: only harm counts.
      inner.isRawData = place.isRawData || !part.isText || !ONNXMetadata.isExpression(part.bytes)
      if part.isText, part.bytes.count <= Limits.metadataText {
        scan.scanMetadataText(
          String(decoding: part.bytes.array(), as: UTF8.self), key: part.name, at: nil, place)
      }
      scan.scan(part.bytes, as: inner)
    }
    return name
  }
}

/// One tensor in a file of its own, as the test data beside models has them.
struct ONNXTensorFormat: ScannedFormat {
  let name = "onnx-tensor"

  func fits(_ bytes: Bytes) -> Bool { ONNXProbe.looksLikeTensor(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    var walk = ONNXWalk(folder: scan.folder(of: place))
    do throws(ProtoError) {
      try walk.walk(tensor: ProtoReader(bytes))
    } catch {
      walk.notes.add("onnx.broken", "expected a tensor of ONNX, found one that cannot be read: \(error)")
    }
    scan.hold(walk.dataFiles, at: place)
    scan.report(walk.notes, place)
    for part in walk.embedded {
      var inner = place.inside(part.name)
      inner.isRawData = true
      scan.scan(part.bytes, as: inner)
    }
    return name
  }
}
