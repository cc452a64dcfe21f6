// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// PyFunc and its kin.
struct GraphRunsPython: NoteRule {
  let kind: Note.Kind = .graphRunsPython
  let card = RuleCard(
    code: "MRT-TFS-001", name: "A graph calls Python", severity: .critical, verdict: .unsafe,
    finds: """
      An operator such as PyFunc or EagerPyFunc, also in a function, a nested graph or a Flex operator.
      """,
    why: "Running the graph calls a Python function that the file names by a token.",
    remedy: "Do not load the model.",
    references: [
      "https://research.jfrog.com/model-threats/tflow-malops/",
      "https://github.com/tensorflow/tensorflow/blob/master/SECURITY.md",
    ],
    atlas: ["AML.T0011.000"],
    cwe: [94])
}
