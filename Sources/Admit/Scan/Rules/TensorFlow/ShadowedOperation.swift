// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Functions that shadow operators.
struct ShadowedOperation: NoteRule {
  let kind: Note.Kind = .shadowedOperation
  let card = RuleCard(
    code: "MRT-TFS-014", name: "A function has the name of an operator", severity: .medium, verdict: .unknown,
    finds: "A function in the library that has the name of an operator.",
    why: "What runs depends on where the name is looked up first.",
    remedy: "Save the model again with other names.",
    cwe: [694])
}
