// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A template that reaches for Python's insides.
struct TemplateEscape: NoteRule {
  let kind = Note.Kind.templateEscape
  let card = RuleCard(
    code: "MRT-TPL-001", name: "The template reaches into Python", severity: .critical, verdict: .unsafe,
    finds: """
      A Jinja template that reaches for an attribute such as `__class__` or `__globals__`, spells such a name in \
      parts, or calls something that is not a template's own.
      """,
    why: """
      Libraries render the chat template of a model with every conversation. From any object such attributes \
      lead to the modules of Python, and so to a shell.
      """,
    remedy: "Do not load it. Take the template from who trained the model.",
    references: ["CVE-2024-34359", "CVE-2026-5760", "CVE-2019-10906"],
    atlas: ["AML.T0011.000", "AML.T0050"],
    cwe: [1336, 94])
}
