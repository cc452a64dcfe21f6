// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A schema that is no JSON, too large, or has nodes without a type.
struct SkopsBroken: NoteRule {
  let kind: Note.Kind = .skopsBroken
  let card = RuleCard(
    code: "MRT-SKO-003", name: "The schema of the skops file cannot be read", severity: .medium,
    verdict: .incomplete,
    finds: "A schema that is no JSON, too large, or has nodes without a type.",
    why: "Two readers can see two objects in it.",
    remedy: "Write the file again with a current skops.",
    cwe: [20])
}
