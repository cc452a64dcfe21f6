// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// The PyOp of onnxruntime-extensions.
struct PythonOperator: Rule {
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

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.onnx else { return [] }
    return facts.notes(.pythonOperator).map {
      card.finding("expected a standard operator, found one that runs Python", construct: $0.construct)
    }.capped(by: card)
  }
}
