// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Configurations of Keras that are no JSON, too large, or say the same name twice.
struct KerasBroken: NoteRule {
  let kind: Note.Kind = .kerasBroken
  let card = RuleCard(
    code: "MRT-KER-007", name: "The configuration cannot be read", severity: .medium, verdict: .incomplete,
    finds: """
      Configurations of Keras that are no JSON, too large, or say the same name twice.
      """,
    why: "Two readers can see two models in one such text.",
    remedy: "Write the model again with a current Keras.",
    references: ["CVE-2021-37678"],
    cwe: [20])
}
