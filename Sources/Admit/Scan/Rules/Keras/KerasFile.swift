// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Vocabularies and other settings of layers that are a path instead of the data.
struct KerasFile: NoteRule {
  let kind: Note.Kind = .kerasFile
  let card = RuleCard(
    code: "MRT-KER-004", name: "A layer reads a file of the host", severity: .high, verdict: .unsafe,
    finds: """
      Vocabularies and other settings of layers that are a path instead of the data.
      """,
    why: "Loading the model reads any file or address that its author chose.",
    remedy: "Ask for a model that holds its vocabulary.",
    references: ["CVE-2025-12058"],
    atlas: ["AML.T0025"],
    cwe: [73, 918])
}
