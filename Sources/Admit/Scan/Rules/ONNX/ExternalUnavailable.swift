// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// External data that is not there.
struct ExternalUnavailable: Rule {
  let card = RuleCard(
    code: "MRT-ONX-004", name: "Tensor data is missing", severity: .medium, verdict: .incomplete,
    finds: """
      External data whose file is not there, is too short, or whose offset and length do not fit its \
      tensor.
      """,
    why: "The weights were not seen.",
    remedy: "Scan the whole folder of the model, with all its data files.",
    cwe: [1286])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.onnx else { return [] }
    return facts.notes(.externalUnavailable).map { card.finding("\($0.detail)", construct: $0.construct) }
      .capped(by: card)
  }
}
