// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// What no reader of ours knows in a file of word vectors or tokens.
struct UncoveredVectors: NoteRule {
  let kind: Note.Kind = "vectors.uncovered"
  let card = RuleCard(
    code: "MRT-VEC-004", name: "The file of word vectors or tokens has something unknown in it",
    severity: .medium, verdict: .unknown,
    finds: """
      Parts of a file of word vectors or tokens that are well formed and not known to be harmless.
      """,
    why: "What is not known cannot be called harmless.",
    remedy: "Look at the part that is named, or allow it when you trust its source.")
}
