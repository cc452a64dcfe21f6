// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Names of layers or groups that are paths out of the folder they are used in.
struct KerasName: NoteRule {
  let kind: Note.Kind = .kerasName
  let card = RuleCard(
    code: "MRT-KER-005", name: "A name leaves its folder", severity: .high, verdict: .unsafe,
    finds: """
      Names of layers or groups that are paths out of the folder they are used in.
      """,
    why: "Loading and saving make files with the names of layers.",
    remedy: "Do not load the model.",
    references: ["CVE-2026-12479"],
    cwe: [22])
}
