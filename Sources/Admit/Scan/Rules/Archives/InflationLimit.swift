// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// More data than is read.
struct InflationLimit: NoteRule {
  let kind: Note.Kind = "archive.limit"
  let card = RuleCard(
    code: "MRT-ARC-003", name: "It becomes more than can be read", severity: .high, verdict: .incomplete,
    finds: """
      Compressed data, or an archive, that becomes more than the limit or has more members than the limit.
      """,
    why: """
      What lies beyond the limit was not seen. Small files that become huge ones fill memory and disks.
      """,
    remedy: "Unpack the file with a limit of your own and scan what comes out.",
    cwe: [409])
}
