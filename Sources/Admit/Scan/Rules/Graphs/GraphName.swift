// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A name that is made to take time.
struct GraphName: NoteRule {
  let kind: Note.Kind = "graph.name"
  let card = RuleCard(
    code: "MRT-GRF-009", name: "The name of an operator is not a name", severity: .high, verdict: .unsafe,
    finds: "Operators and nodes of MXNet with very long names or with characters that no name has.",
    why: "A regular expression that reads them takes more time than there is.",
    remedy: "Do not load the model.",
    references: ["CVE-2022-24294"],
    cwe: [1333])
}
