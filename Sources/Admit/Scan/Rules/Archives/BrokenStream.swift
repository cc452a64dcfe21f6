// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Compressed data or an archive that breaks off.
struct BrokenStream: NoteRule {
  let kind: Note.Kind = "archive.broken"
  let card = RuleCard(
    code: "MRT-ARC-001", name: "Compressed data or an archive is damaged", severity: .medium,
    verdict: .incomplete,
    finds: """
      A compressed stream, a tar archive or a 7z archive that is cut short, fails its own checks or \
      contradicts itself.
      """,
    why: "What it holds was not seen whole. Some loaders use what comes out before the damage.",
    remedy: "Get the file again; compare its digest with the author's.",
    cwe: [354, 1286])
}
