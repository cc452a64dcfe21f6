// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A template that cannot be read.
struct BrokenTemplate: NoteRule {
  let kind = Note.Kind.brokenTemplate
  let card = RuleCard(
    code: "MRT-TPL-005", name: "The template cannot be read", severity: .medium, verdict: .unknown,
    finds: "A text with the marks of a Jinja template that is not one, or nests too deep.",
    why: "Another reader may make something of it that nobody has looked at.",
    remedy: "Correct the template, or remove it from the model.",
    cwe: [1286])
}
