// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A link out of the archive.
struct EscapingArchiveLink: NoteRule {
  let kind: Note.Kind = "archive.link"
  let card = RuleCard(
    code: "MRT-ARC-007", name: "A link in the archive leads outside", severity: .high, verdict: .unsafe,
    finds: """
      A symbolic or hard link in an archive whose target lies outside of it, or a member that is written \
      through a link.
      """,
    why: "Unpacking then reads or overwrites files of the machine.",
    remedy: "Do not unpack the archive.",
    references: ["CVE-2007-4559", "CVE-2025-4330", "CVE-2025-4517"],
    cwe: [22, 59])
}
