// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A model that is not in the binary form.
struct ModelAsText: NoteRule {
  let kind: Note.Kind = "onnx.text"
  let card = RuleCard(
    code: "MRT-ONX-017", name: "The ONNX model is written as text", severity: .medium, verdict: .unknown,
    finds: "A model in JSON, in the text form of protocol buffers, or in the language of the ONNX standard.",
    why: "The onnx package loads them like any model; their operators and paths are not judged here.",
    remedy: "Save the model in its binary form and scan that.",
    cwe: [1286])
}
