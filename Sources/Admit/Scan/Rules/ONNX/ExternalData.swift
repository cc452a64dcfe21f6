// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// External data, in order.
struct ExternalData: NoteRule {
  let kind: Note.Kind = "onnx.external"
  let card = RuleCard(
    code: "MRT-ONX-005", name: "Tensor data is in another file", severity: .info, verdict: .safe,
    finds: "External data that lies in the folder and fits.",
    why: "The model is more than one file: sign and move them together.",
    remedy: "Nothing to do.")
}
