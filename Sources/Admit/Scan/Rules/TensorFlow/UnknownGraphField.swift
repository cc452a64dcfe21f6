// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Fields that no definition has.
struct UnknownGraphField: NoteRule {
  let kind: Note.Kind = .unknownGraphField
  let card = RuleCard(
    code: "MRT-TFS-011", name: "The graph has unknown fields", severity: .medium, verdict: .unknown,
    finds: "A field of the protocol buffer that its definition does not have.",
    why: "A newer or other program may read it.",
    remedy: "Save the model again with a plain TensorFlow.",
    cwe: [1286])
}
