// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The description of a model for a browser: its weights lie in files that it names.
struct TensorFlowJSProfile: TextProfile {
  let name = "tfjs"

  let keys: Set<String> = ["weightsManifest"]

  func fits(_ text: TextSample) -> Bool { text.keys.contains("weightsManifest") }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    guard let model = text.json() else {
      return scan.note("graph.broken", "expected a model as JSON, found JSON that cannot be read", place)
    }
    for group in model["weightsManifest"]?.array ?? [] {
      for path in group["paths"]?.array?.compactMap(\.string) ?? [] {
        if let reason = MemberName.escapes(path) ?? (path.contains(":") ? "is an address" : nil) {
          notes.add(
            "graph.escape", "expected a path inside of the folder, found one that \(reason)", construct: path)
          continue
        }
        switch scan.folder(of: place).dataFile(path) {
        case .escapes:
          notes.add("graph.escape", "expected a file of the folder, found a link out of it", construct: path)
        case .missing:
          notes.add("graph.missing", "expected weights in \(path), found no such file", construct: path)
        case .inside, .shared: scan.hold([path], at: place)
        }
      }
    }
    let topology = model["modelTopology"] ?? .null
    operators(of: topology["node"]?.array ?? [], &notes, &scan)
    for function in topology["library"]?["function"]?.array ?? [] {
      operators(of: function["nodeDef"]?.array ?? [], &notes, &scan)
    }
    scan.report(notes, place)
    if let layers = topology["model_config"] ?? (topology["class_name"] == nil ? nil : topology) {
      KerasConfig.examine(layers, at: place, in: &scan)
    }
  }

  /// TensorFlow.js names its operators as TensorFlow does. It has none for files, so that one is an attempt at another reader.
  private func operators(of nodes: [JSONValue], _ notes: inout Notes, _ scan: inout ArtifactScan) {
    for node in nodes {
      let operation = String((node["op"]?.string ?? "").prefix(200))
      switch OperatorKind.of(operation) {
      case .inert: scan.saw("tfjs:\(operation)", covered: "only computes")
      case .python, .writes, .reads, .network, .graph, .ends, .path, .attribute:
        notes.add(
          "graph.code", "expected an operator that computes, found \(operation)", construct: operation)
      case .unlisted where Self.own.contains(operation):
        scan.saw("tfjs:\(operation)", covered: "only computes")
      case .doubtful, .unlisted:
        notes.add(
          "graph.operator", "expected an operator of TensorFlow, found \(operation)", construct: operation,
          allow: "tfjs:\(operation)")
      }
    }
  }

  /// What its converter fuses, beyond what TensorFlow has.
  private static let own: Set<String> = [
    "FusedDepthwiseConv2dNative", "FusedConv2D", "FusedBatchNorm", "Prelu", "FromPixels",
    "NonMaxSuppressionV5",
    "SpaceToBatchND", "BatchToSpaceND",
  ]
}
