// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// The PyOp of onnxruntime-extensions.
struct PythonOperator: NoteRule {
  let kind: Note.Kind = "onnx.python"
  let card = RuleCard(
    code: "MRT-ONX-001", name: "A node runs Python", severity: .critical, verdict: .unsafe,
    finds: "A node of the domain ai.onnx.contrib that calls a Python function.",
    why: "Running the model runs a function that is registered under a number the file chooses.",
    remedy: "Do not run the model.",
    references: [
      "https://github.com/microsoft/onnxruntime-extensions"
    ],
    atlas: ["AML.T0011.000"],
    cwe: [94])
}
