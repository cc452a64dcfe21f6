// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Nodes that name one type for the check and another to be made.
struct SkopsTrick: NoteRule {
  let kind: Note.Kind = .skopsTrick
  let card = RuleCard(
    code: "MRT-SKO-004", name: "The skops file deceives the check of its types", severity: .critical,
    verdict: .unsafe,
    finds: "Nodes that name one type for the check and another to be made.",
    why: "skops shows harmless types to the user and runs others.",
    remedy: "Do not load the file.",
    references: ["CVE-2025-54412", "CVE-2025-54413", "CVE-2025-54886"],
    atlas: ["AML.T0011.000"],
    cwe: [351, 502])
}
