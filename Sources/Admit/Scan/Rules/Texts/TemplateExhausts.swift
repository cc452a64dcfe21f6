// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A template that does not end or fills the memory.
struct TemplateExhausts: NoteRule {
  let kind = Note.Kind.templateExhausts
  let card = RuleCard(
    code: "MRT-TPL-003", name: "The template uses up time or memory", severity: .high, verdict: .unsafe,
    finds:
      "Constant ranges, repetitions, powers and growing values in a Jinja template that have no small bound.",
    why: "Rendering it stops the server that serves the model.",
    remedy: "Do not load it. Take the template from who trained the model.",
    references: ["CVE-2025-61620"],
    atlas: ["AML.T0029"],
    cwe: [400, 1336])
}
