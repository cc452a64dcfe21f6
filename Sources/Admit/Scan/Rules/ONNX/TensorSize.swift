// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Data and dimensions that contradict each other.
struct TensorSize: NoteRule {
  let kind: Note.Kind = "onnx.size"
  let card = RuleCard(
    code: "MRT-ONX-007", name: "A tensor does not have the data its shape needs", severity: .high,
    verdict: .unknown,
    finds: """
      A tensor with more or fewer bytes than its dimensions, or dimensions that are negative or \
      overflow.
      """,
    why: "Careless readers then read or write outside of the data.",
    remedy: "Do not load the model. Export it again.",
    cwe: [125, 787])
}
