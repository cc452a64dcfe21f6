// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A pickle that unfolds to far more than it holds.
struct PickleExpansion: Rule {
  let card = RuleCard(
    code: "MRT-PKL-018", name: "It unfolds to far more than it holds", severity: .high, verdict: .unsafe,
    finds: """
      Containers that hold each other so often that they stand for a billion items and more, thousands of them in \
      each other, or a memo index far beyond what was stored.
      """,
    why: """
      Whoever hashes, compares, copies or prints such a value never ends or overflows the stack, and an unpickler \
      allocates its memo up to the largest index: a few bytes take all memory.
      """,
    remedy: "Do not load the file. No pickler writes this.",
    cwe: [409, 400, 776])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.findings([.expansion], of: card) {
      "expected no more than the file holds, found \($0.detail)"
    }
  }
}
