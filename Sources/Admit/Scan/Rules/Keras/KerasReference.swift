// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Classes and functions in a configuration of Keras that run code, or read, write or download files.
struct KerasReference: NoteRule {
  let kind: Note.Kind = .kerasReference
  let card = RuleCard(
    code: "MRT-KER-002", name: "The model calls something dangerous", severity: .critical, verdict: .unsafe,
    finds: """
      Classes and functions in a configuration of Keras that run code, or read, write or download \
      files.
      """,
    why: """
      Keras imports what the configuration names, and calls it with arguments from the \
      configuration.
      """,
    remedy: "Do not load the model.",
    references: ["CVE-2025-1550", "CVE-2025-8747", "CVE-2025-9906", "CVE-2025-12060"],
    atlas: ["AML.T0011.000"],
    cwe: [94, 502])
}
