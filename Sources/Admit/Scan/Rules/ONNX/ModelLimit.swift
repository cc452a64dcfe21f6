// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// The limit on nested graphs.
struct ModelLimit: Rule {
  let card = RuleCard(
    code: "MRT-ONX-010", name: "The ONNX model nests too deep", severity: .medium, verdict: .incomplete,
    finds: "Graphs in attributes of graphs beyond the limit.",
    why: "What lies deeper was not seen.",
    remedy: "Ask the author how the file was made.",
    cwe: [674])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.onnx else { return [] }
    return facts.notes(.limit).map { card.finding("\($0.detail)", construct: $0.construct) }.capped(by: card)
  }
}
