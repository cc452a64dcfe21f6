// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Metadata that is no JSON.
struct BrokenKerasText: NoteRule {
  let kind: Note.Kind = .brokenKerasText
  let card = RuleCard(
    code: "MRT-TFS-015", name: "A configuration of Keras cannot be read", severity: .medium,
    verdict: .unknown,
    finds: "A layer's configuration in a SavedModel that is not strict JSON.",
    why: "Code may hide in what was not read.",
    remedy: "Save the model again.",
    cwe: [1286])
}
