// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Bytes behind compressed data or an archive.
struct StreamTail: NoteRule {
  let kind: Note.Kind = "archive.trailing"
  let card = RuleCard(
    code: "MRT-ARC-002", name: "Bytes follow the compressed data", severity: .medium, verdict: .unknown,
    finds: """
      Bytes behind the last compressed stream, behind the end of an archive, or between its parts.
      """,
    why: "A file can be compressed data for one program and something else for another.",
    remedy: "Ask the author what the bytes are, or compress the file again.",
    cwe: [436])
}
