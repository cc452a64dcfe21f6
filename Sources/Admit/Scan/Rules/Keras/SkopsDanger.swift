// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Types and functions in the schema of a skops file that run code or reach files and the network.
struct SkopsDanger: NoteRule {
  let kind: Note.Kind = .skopsDanger
  let card = RuleCard(
    code: "MRT-SKO-001", name: "The skops file names something dangerous", severity: .critical,
    verdict: .unsafe,
    finds: """
      Types and functions in the schema of a skops file that run code or reach files and the \
      network.
      """,
    why: "skops imports them, and makes objects of them when they are trusted.",
    remedy: "Do not load the file.",
    references: ["CVE-2025-54412", "CVE-2025-54413"],
    atlas: ["AML.T0011.000"],
    cwe: [502])
}
