// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// An operator that runs code or touches files.
struct GraphCode: NoteRule {
  let kind: Note.Kind = "graph.code"
  let card = RuleCard(
    code: "MRT-GRF-002", name: "The graph runs code", severity: .critical, verdict: .unsafe,
    finds: """
      Operators that run Python, import modules, or read and write files: py_func of Paddle, \
      Python layers of Caffe, functions of CNTK with a module, Lambda layers.
      """,
    why: "Loading or running the model runs what its author chose.",
    remedy: "Do not load the model.",
    atlas: ["AML.T0011.000"],
    cwe: [94])
}
