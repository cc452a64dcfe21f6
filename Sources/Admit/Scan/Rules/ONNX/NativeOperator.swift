// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// An operator that runs compiled code or files.
struct NativeOperator: NoteRule {
  let kind: Note.Kind = "onnx.native"
  let card = RuleCard(
    code: "MRT-ONX-011", name: "A node runs compiled code or reads files", severity: .critical,
    verdict: .unsafe,
    finds: """
      A node that hands compiled code of the model or of a file that it names to a device, or that \
      calls an operator of PyTorch that reads or writes files.
      """,
    why: "Loading the model runs code that nobody can read here, or opens files of its choice.",
    remedy: "Do not load the model. Get it as a graph of standard operators.",
    references: ["https://onnxruntime.ai/docs/execution-providers/EP-Context-Design.html"],
    atlas: ["AML.T0011.000"],
    cwe: [829, 22])
}
