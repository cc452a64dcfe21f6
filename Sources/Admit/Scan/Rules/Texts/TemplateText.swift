// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Orders to the model that a template hides.
struct TemplateText: NoteRule {
  let kind = Note.Kind.templateText
  let card = RuleCard(
    code: "MRT-TPL-004", name: "The template gives the model orders of its own", severity: .high,
    verdict: .unknown,
    finds: """
      Text in a Jinja template that turns a model against its user, or that only appears when a message has a certain \
      word in it.
      """,
    why:
      "A template speaks in every conversation, and nobody sees it: it can make a sound model lie or leak.",
    remedy: "Read the text. Take the template from who trained the model.",
    references: [
      "https://www.pillar.security/blog/llm-backdoors-at-the-inference-level-the-threat-of-poisoned-templates"
    ],
    atlas: ["AML.T0051.001", "AML.T0018"],
    cwe: [506])
}
