// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A model that cannot be read whole.
struct BrokenModel: NoteRule {
  let kind: Note.Kind = "onnx.broken"
  let card = RuleCard(
    code: "MRT-ONX-008", name: "The ONNX model is broken", severity: .medium, verdict: .incomplete,
    finds: "Bytes that begin like an ONNX model and cannot be read as one.",
    why: "Not everything in it was seen.",
    remedy: "Get the file again; compare its digest with the author's.",
    cwe: [1286])
}
