// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Numbers in a file of word vectors or tokens that lead readers out of their memory.
struct WildVectors: NoteRule {
  let kind: Note.Kind = "vectors.exploit"
  let card = RuleCard(
    code: "MRT-VEC-002", name: "The file of word vectors or tokens corrupts careless readers",
    severity: .high, verdict: .unsafe,
    finds: """
      Sizes that overflow, counts beyond the file, types and indices out of range, dictionaries larger \
      than the file.
      """,
    why: """
      No library writes such a file: readers have overflowed their memory, or asked for more than there \
      is, on exactly these.
      """,
    remedy: "Do not load it. Get the file from its source again.",
    atlas: ["AML.T0011.000"],
    cwe: [190, 125, 787])
}
