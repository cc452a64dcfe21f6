// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Numbers that lead out of the file.
struct GraphBounds: NoteRule {
  let kind: Note.Kind = "graph.bounds"
  let card = RuleCard(
    code: "MRT-GRF-008", name: "Offsets and sizes lead out of the file", severity: .high, verdict: .unsafe,
    finds: """
      Offsets, indices, sizes and segments of an ExecuTorch program that leave its bytes, or \
      shapes that are negative or overflow.
      """,
    why: """
      The runtime follows them without a check and then reads or writes outside of its memory.
      """,
    remedy: "Do not load the model.",
    cwe: [125, 787, 190])
}
