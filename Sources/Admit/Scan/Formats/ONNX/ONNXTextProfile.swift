// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A model in one of the three ways to write ONNX as text: JSON, protocol buffer text, and the language of the standard.
/// Loaders take them as they take the binary form; they are not walked through here.
struct ONNXTextProfile: TextProfile {
  let name = "onnx-text"

  func fits(_ text: TextSample) -> Bool {
    if text.isJSON {
      return text.keys.contains("graph")
        && ["irVersion", "ir_version", "opsetImport", "opset_import"].contains { text.keys.contains($0) }
    }
    let head = text.head
    return head.contains("ir_version:") && (head.contains("graph {") || head.contains("opset_import"))
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    scan.note("onnx.text", "expected the binary form of ONNX, found a model as text", place)
  }
}
