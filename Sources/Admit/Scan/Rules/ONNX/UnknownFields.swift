// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Bytes no field of the standard claims.
struct UnknownFields: NoteRule {
  let kind: Note.Kind = "onnx.fields"
  let card = RuleCard(
    code: "MRT-ONX-006", name: "The model has fields that ONNX does not", severity: .medium,
    verdict: .unknown,
    finds: "Fields or keys that the ONNX standard does not define, or that stand twice where it has one.",
    why: "Some program may read them; what they mean is not known here.",
    remedy: "Export the model again.",
    cwe: [1286])
}
