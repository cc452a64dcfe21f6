// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// ReadFile and what reads where the graph says.
struct GraphReads: NoteRule {
  let kind: Note.Kind = .graphReads
  let card = RuleCard(
    code: "MRT-TFS-003", name: "A graph reads files", severity: .high, verdict: .unsafe,
    finds: """
      An operator that reads a file or lists a folder under a name that the graph or its caller chooses.
      """,
    why: "Secrets of the machine get into the results of the model.",
    remedy: "Do not load the model.",
    references: [
      "https://research.jfrog.com/model-threats/tflow-malops/"
    ],
    atlas: ["AML.T0011.000"],
    cwe: [73, 22])
}
