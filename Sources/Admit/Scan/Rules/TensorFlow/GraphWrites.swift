// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// WriteFile and what writes where the graph says.
struct GraphWrites: NoteRule {
  let kind: Note.Kind = .graphWrites
  let card = RuleCard(
    code: "MRT-TFS-002", name: "A graph writes files", severity: .critical, verdict: .unsafe,
    finds: """
      An operator that writes a file under a name that the graph chooses: WriteFile, savers with a path of \
      their own, summaries, snapshots, debug output.
      """,
    why: "Running the model, or only loading it, can put anything anywhere that the process may write.",
    remedy: "Do not load the model.",
    references: [
      "https://research.jfrog.com/model-threats/tflow-malops/",
      "https://huggingface.co/MediumIQ/tfhunt-savedmodel-nested-writefile",
    ],
    atlas: ["AML.T0011.000"],
    cwe: [73, 94])
}
