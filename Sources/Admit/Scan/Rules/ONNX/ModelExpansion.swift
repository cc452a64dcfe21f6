// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A small model that becomes a huge one.
struct ModelExpansion: NoteRule {
  let kind: Note.Kind = "onnx.expansion"
  let card = RuleCard(
    code: "MRT-ONX-012", name: "The model grows without bound", severity: .high, verdict: .unsafe,
    finds: """
      Functions that call themselves or multiply beyond any memory, and operators that make huge \
      tensors from constants.
      """,
    why: """
      Loading the model takes all memory or never ends: runtimes fold constants and replace calls \
      at load.
      """,
    remedy: "Do not load the model.",
    cwe: [400, 674])
}
