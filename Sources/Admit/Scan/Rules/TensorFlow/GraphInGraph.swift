// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// DatasetFromGraph.
struct GraphInGraph: NoteRule {
  let kind: Note.Kind = .graphInGraph
  let card = RuleCard(
    code: "MRT-TFS-005", name: "A graph runs a hidden graph", severity: .critical, verdict: .unsafe,
    finds: "An operator that runs a graph which it gets as a string.",
    why: "What runs is hidden from whoever looks at the operators of the model.",
    remedy: "Do not load the model.",
    references: [
      "https://huggingface.co/MediumIQ/tfhunt-savedmodel-nested-writefile"
    ],
    atlas: ["AML.T0011.000"],
    cwe: [94])
}
