// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// An archive that has two readings.
struct AmbiguousArchive: NoteRule {
  let kind: Note.Kind = "archive.ambiguous"
  let card = RuleCard(
    code: "MRT-ARC-010", name: "Readers of the archive disagree", severity: .high, verdict: .unknown,
    finds: """
      A tar archive with a second archive behind its end, with records that give a member another name or \
      length than its header, or with a sparse file.
      """,
    why: """
      A scanner may then see other members than the program that unpacks them. All readings were scanned.
      """,
    remedy: "Repack the archive from its source.",
    cwe: [436])
}
