// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A model-local function in a standard domain.
struct ShadowedOperator: NoteRule {
  let kind: Note.Kind = "onnx.shadowed"
  let card = RuleCard(
    code: "MRT-ONX-009", name: "A function replaces a standard operator", severity: .high, verdict: .unknown,
    finds: """
      A function of the model that has the name and domain of a standard operator or a domain that a library of operators has, or two functions \
      of one name.
      """,
    why: "Some runtimes take the function and some the operator: the model computes two things.",
    remedy: "Export the model again without the function.",
    cwe: [436])
}
