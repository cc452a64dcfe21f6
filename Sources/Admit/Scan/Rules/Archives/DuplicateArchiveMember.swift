// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A repeated name.
struct DuplicateArchiveMember: NoteRule {
  let kind: Note.Kind = "archive.duplicate"
  let card = RuleCard(
    code: "MRT-ARC-009", name: "Two members have one name", severity: .medium, verdict: .unknown,
    finds: """
      Two members of a tar or 7z archive with one name, or with names that differ only in case or in empty \
      parts.
      """,
    why: "Readers differ in which of them they take. All of them were scanned.",
    remedy: "Repack the archive from its source.",
    cwe: [436, 694])
}
