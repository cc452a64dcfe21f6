// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Targets that are an alias, an interpolation or written with escapes.
struct TargetUnread: NoteRule {
  let kind: Note.Kind = .targetUnread
  let card = RuleCard(
    code: "MRT-NEM-003", name: "A target cannot be told", severity: .medium, verdict: .incomplete,
    finds: "Targets that are an alias, an interpolation or written with escapes.",
    why: "What is called is only known when the configuration is loaded.",
    remedy: "Write the target as a plain name.",
    cwe: [20])
}
