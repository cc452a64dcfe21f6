// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Members hidden by two lengths.
struct SmuggledMember: NoteRule {
  let kind: Note.Kind = "archive.smuggled"
  let card = RuleCard(
    code: "MRT-ARC-011", name: "Members are hidden in another member", severity: .high, verdict: .unsafe,
    finds: """
      A tar member whose extended record gives another length than its header although the header could \
      hold it, so that readers which ignore one of them find other members.
      """,
    why: """
      One reader unpacks members that the other takes for data: a way to get files past a check.
      """,
    remedy: "Do not unpack the archive.",
    references: ["CVE-2025-62518"],
    cwe: [436, 843])
}
