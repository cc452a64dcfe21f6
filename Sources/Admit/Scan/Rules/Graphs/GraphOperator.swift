// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// An operator that is not known to be harmless.
struct GraphOperator: NoteRule {
  let kind: Note.Kind = "graph.operator"
  let card = RuleCard(
    code: "MRT-GRF-001", name: "The graph has an operator that is not covered", severity: .medium,
    verdict: .unknown,
    finds: """
      A layer, operator or kind of model from outside of what its runtime brings, or that does \
      more than compute.
      """,
    why: "It needs code from somewhere else, and what that does is not in the file.",
    remedy: "Export the model with standard operators, or allow the operator by name.",
    cwe: [829])
}
