// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// SavedModel, MetaGraphDef (`.meta`) and GraphDef (frozen graphs), told apart by their structure.
struct GraphFormat: ScannedFormat {
  let name = "tensorflow"

  func fits(_ bytes: Bytes) -> Bool { GraphProbe.kind(of: bytes) != nil }

  /// What is cut short may begin like ONNX as well, but all that is there are fields that no graph of ONNX is in.
  func carries(_ other: String, in bytes: Bytes) -> Bool {
    other == "onnx" && GraphProbe.kind(of: bytes) == .savedModel
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    guard let kind = GraphProbe.kind(of: bytes) else { return name }
    do throws(ProtoError) {
      switch kind {
      case .graph: scan.report(GraphWalk([ProtoReader(bytes)]), place)
      case .metaGraph: scan.report(try ModelWalk(metaGraph: bytes, folder: scan.folder(of: place)), place)
      case .savedModel: scan.report(try ModelWalk(savedModel: bytes, folder: scan.folder(of: place)), place)
      }
    } catch {
      scan.note(.brokenGraph, "\(error)", place)
    }
    switch kind {
    case .graph: return "tensorflow-graph"
    case .metaGraph: return "tensorflow-metagraph"
    case .savedModel: return "tensorflow-savedmodel"
    }
  }
}

extension ArtifactScan {
  mutating func report(_ walk: ModelWalk, _ place: Place) {
    report(walk.notes, place)
    for graph in walk.graphs { report(graph, place) }
    for text in walk.kerasTexts { reportKeras(text, place) }
  }

  mutating func report(_ walk: GraphWalk, _ place: Place) {
    report(walk.notes, place)
    for (op, reason) in walk.covered { saw(op, covered: reason) }
    for (index, string) in walk.embedded.enumerated() {
      var inner = place.inside("string \(index)")
      inner.isRawData = place.isRawData || GraphProbe.kind(of: string) == nil
      scan(string, as: inner)
    }
  }

  /// The configuration of a layer as Keras keeps it with a SavedModel.
  mutating func reportKeras(_ text: Bytes, _ place: Place) {
    for finding in KerasMetadata.findings(in: text) {
      switch finding {
      case .lambda(let name):
        note(
          .savedLambda, "expected layers without code, found one with code", construct: "keras.\(name)", place
        )
      case .danger(let danger) where danger.kind == .kerasFile:
        note(.kerasFile, danger.message, construct: danger.construct, place)
      case .danger(let danger): note(.savedLambda, danger.message, construct: danger.construct, place)
      case .unreadable:
        note(.brokenKerasText, "expected the configuration of a layer as JSON, found what is none", place)
      }
    }
  }
}
