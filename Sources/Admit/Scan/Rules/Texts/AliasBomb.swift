// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Aliases of aliases without bound.
struct AliasBomb: NoteRule {
  let kind = Note.Kind.yamlExhausts
  let card = RuleCard(
    code: "MRT-YML-003", name: "Aliases blow up the text", severity: .high, verdict: .unsafe,
    finds: "Aliases of a YAML text that stand for millions of values.",
    why: "A program that walks over the values never ends.",
    remedy: "Do not load it.",
    atlas: ["AML.T0029"],
    cwe: [776])
}
