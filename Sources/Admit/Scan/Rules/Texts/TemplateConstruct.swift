// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A construct of a template that is not known to be harmless.
struct TemplateConstruct: NoteRule {
  let kind = Note.Kind.templateConstruct
  let card = RuleCard(
    code: "MRT-TPL-002", name: "The template uses something that is not vetted", severity: .medium,
    verdict: .unknown,
    finds: """
      A tag, filter, test, function, method or computed name in a Jinja template that is not on the list of those \
      that only make text.
      """,
    why: "What it does depends on the program that renders the template, and nobody has checked that.",
    remedy:
      "Look at the place in the template; allow the construct by name if the program that renders it knows it.",
    atlas: ["AML.T0011.000"],
    cwe: [1336])
}
