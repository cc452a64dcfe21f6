// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Data that becomes very many times its size.
struct InflationRatio: NoteRule {
  let kind: Note.Kind = "archive.ratio"
  let card = RuleCard(
    code: "MRT-ARC-004", name: "It becomes hundreds of times its size", severity: .medium, verdict: .unknown,
    finds: "Compressed data that becomes more than 64 MiB and more than 250 times its size.",
    why: """
      Parameters do not shrink so well: this is how a small file fills the memory of whoever loads it.
      """,
    remedy: "Load the file only where memory is limited.",
    cwe: [409])
}
