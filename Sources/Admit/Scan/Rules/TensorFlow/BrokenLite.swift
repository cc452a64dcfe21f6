// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A model that cannot be read whole.
struct BrokenLite: NoteRule {
  let kind: Note.Kind = .brokenLite
  let card = RuleCard(
    code: "MRT-TFL-002", name: "The TensorFlow Lite model is broken", severity: .medium, verdict: .incomplete,
    finds: """
      A model whose offsets lead out of the file, that is of another version, or whose data do not fit \
      their tensors.
      """,
    why: "Not everything in it was seen.",
    remedy: "Get the file again; compare its digest with the author's.",
    cwe: [1286])
}
