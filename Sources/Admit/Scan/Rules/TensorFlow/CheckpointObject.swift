// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Tensors of a checkpoint that are no numbers and no strings.
struct CheckpointObject: NoteRule {
  let kind: Note.Kind = .checkpointObject
  let card = RuleCard(
    code: "MRT-CKP-003", name: "A checkpoint holds objects", severity: .medium, verdict: .unknown,
    finds: "A tensor of objects (variants) or handles, or of a type that is not known.",
    why: "Restoring it runs the decoder of whatever is registered under its name.",
    remedy: "Restore only the tensors that you need.",
    cwe: [502])
}
