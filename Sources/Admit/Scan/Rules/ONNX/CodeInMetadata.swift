// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Metadata that is evaluated.
struct CodeInMetadata: NoteRule {
  let kind: Note.Kind = "onnx.metadata"
  let card = RuleCard(
    code: "MRT-ONX-015", name: "The metadata of the model is code", severity: .high, verdict: .unsafe,
    finds: "Values of the metadata with calls that run code: imports, evaluation, processes.",
    why: "Programs that read class names and sizes from the metadata evaluate them as Python.",
    remedy: "Do not load the model.",
    atlas: ["AML.T0011.000"],
    cwe: [95])
}
