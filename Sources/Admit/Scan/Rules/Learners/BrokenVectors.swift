// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// file of word vectors or tokens that breaks its format.
struct BrokenVectors: NoteRule {
  let kind: Note.Kind = "vectors.broken"
  let card = RuleCard(
    code: "MRT-VEC-001", name: "The file of word vectors or tokens breaks its format", severity: .medium,
    verdict: .incomplete,
    finds: """
      Sizes, order or values of a file of word vectors or tokens that contradict each other or the file.
      """,
    why: "Readers differ in what they make of it, and it may not be all there.",
    remedy: "Get the file again, or write it again with the library that made it.",
    cwe: [1286])
}
