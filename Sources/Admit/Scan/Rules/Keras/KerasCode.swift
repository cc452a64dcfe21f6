// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Marshalled Python bytecode in a configuration of Keras: Lambda layers and the like.
struct KerasCode: NoteRule {
  let kind: Note.Kind = .kerasCode
  let card = RuleCard(
    code: "MRT-KER-001", name: "The model holds Python code", severity: .critical, verdict: .unsafe,
    finds: """
      Marshalled Python bytecode in a configuration of Keras: Lambda layers and the like.
      """,
    why: "Loading the model runs the code. HDF5 models run it even in safe mode.",
    remedy: """
      Ask for a model without Lambda layers, or register the function by its name.
      """,
    references: ["CVE-2024-3660", "CVE-2025-9905", "CVE-2025-1550"],
    atlas: ["AML.T0011.000"],
    cwe: [94, 502])
}
