// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Layers of more numbers than any model has.
struct KerasSize: NoteRule {
  let kind: Note.Kind = .kerasSize
  let card = RuleCard(
    code: "MRT-KER-009", name: "A layer takes all memory", severity: .high, verdict: .unsafe,
    finds: """
      A size of a layer in the configuration, such as its units or filters, that is negative or larger than \
      that of any layer that was ever trained.
      """,
    why:
      "Building the layer allocates so many numbers before any weight is read, which ends the process or the machine.",
    remedy: "Do not load the model; ask its author for the real configuration.",
    atlas: ["AML.T0029"],
    cwe: [400, 789])
}
