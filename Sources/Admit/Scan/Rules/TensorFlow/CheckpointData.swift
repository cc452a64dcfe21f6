// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Shards that are missing or too short.
struct CheckpointData: NoteRule {
  let kind: Note.Kind = .checkpointData
  let card = RuleCard(
    code: "MRT-CKP-002", name: "The data of a checkpoint is not there", severity: .low, verdict: .incomplete,
    finds: "An index whose data files do not lie beside it, or are shorter than it says.",
    why: "The numbers were not seen.",
    remedy: "Scan the whole folder of the checkpoint.",
    cwe: [1286])
}
