// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// External data that is not there.
struct ExternalUnavailable: NoteRule {
  let kind: Note.Kind = "onnx.unavailable"
  let card = RuleCard(
    code: "MRT-ONX-004", name: "Tensor data is missing", severity: .medium, verdict: .incomplete,
    finds: """
      External data whose file is not there, is too short, or whose offset and length do not fit its \
      tensor.
      """,
    why: "The weights were not seen.",
    remedy: "Scan the whole folder of the model, with all its data files.",
    cwe: [1286])
}
