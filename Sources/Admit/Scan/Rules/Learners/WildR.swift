// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Numbers in a R file that lead readers out of their memory.
struct WildR: NoteRule {
  let kind: Note.Kind = "r.exploit"
  let card = RuleCard(
    code: "MRT-RDS-002", name: "The R file corrupts careless readers", severity: .high, verdict: .unsafe,
    finds: """
      Sizes that overflow, counts beyond the file, types and indices out of range, references to what was \
      not read yet.
      """,
    why: """
      No library writes such a file: readers have overflowed their memory, or asked for more than there \
      is, on exactly these.
      """,
    remedy: "Do not load it. Get the file from its source again.",
    atlas: ["AML.T0011.000"],
    cwe: [190, 125, 787])
}
