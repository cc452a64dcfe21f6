// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A member that leaves the folder.
struct EscapingMember: NoteRule {
  let kind: Note.Kind = "archive.escape"
  let card = RuleCard(
    code: "MRT-ARC-006", name: "A member would be written outside", severity: .high, verdict: .unsafe,
    finds: """
      A member of a tar or 7z archive, or the name in a gzip header, that is absolute, goes up with .., or \
      has a backslash, a drive letter or a NUL.
      """,
    why: "Unpacking writes to a place of the file's choice: a start-up script, a key file.",
    remedy: "Do not unpack the archive.",
    references: ["CVE-2007-4559", "CVE-2023-48299", "CVE-2025-23304"],
    cwe: [22])
}
