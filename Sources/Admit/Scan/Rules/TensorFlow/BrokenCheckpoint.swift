// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// An index that cannot be read whole.
struct BrokenCheckpoint: NoteRule {
  let kind: Note.Kind = .brokenCheckpoint
  let card = RuleCard(
    code: "MRT-CKP-001", name: "The checkpoint is broken", severity: .medium, verdict: .incomplete,
    finds: """
      The index of a checkpoint of TensorFlow whose tables, sizes or checksums contradict themselves.
      """,
    why: "Not everything in it was seen.",
    remedy: "Get the files again; compare their digests with the author's.",
    cwe: [1286])
}
