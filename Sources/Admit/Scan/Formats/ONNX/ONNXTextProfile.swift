// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A model in one of the three ways to write ONNX as text: JSON, protocol buffer text, and the language of the standard.
/// Loaders take them as they take the binary form; they are not walked through here.
struct ONNXTextProfile: TextProfile {
  let name = "onnx-text"

  let keys: Set<String> = ["graph", "irVersion", "ir_version", "opsetImport", "opset_import"]

  /// The fields of `ModelProto`.
  private static let fields: Set<String> = [
    "ir_version", "producer_name", "producer_version", "domain", "model_version", "doc_string", "graph",
    "opset_import",
    "metadata_props", "training_info", "functions", "configuration",
  ]

  func fits(_ text: TextSample) -> Bool {
    if text.isJSON {
      return text.keys.contains("graph")
        && ["irVersion", "ir_version", "opsetImport", "opset_import"].contains { text.keys.contains($0) }
    }
    // The language of the standard.
    if text.body.hasPrefix("<"), text.body.contains("ir_version"), text.body.contains("opset_import") {
      return true
    }
    guard let found = ProtoTextLexer.fields(of: text.bytes, allowed: Self.fields) else { return false }
    return found.contains("graph") && (found.contains("ir_version") || found.contains("opset_import"))
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    scan.note("onnx.text", "expected the binary form of ONNX, found a model as text", place)
  }
}
