// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A model without its numbers.
struct MissingWeights: NoteRule {
  let kind: Note.Kind = "graph.missing"
  let card = RuleCard(
    code: "MRT-GRF-007", name: "The weights are missing", severity: .medium, verdict: .incomplete,
    finds: "A model whose weights are in another file that is not there or too short.",
    why: "The weights were not seen.",
    remedy: "Scan the whole folder of the model.",
    cwe: [1286])
}
