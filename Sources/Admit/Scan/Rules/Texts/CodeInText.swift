// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Text that something may run.
struct CodeInText: Rule {
  let card = RuleCard(
    code: "MRT-TXT-001", name: "The text is code", severity: .medium, verdict: .unknown,
    finds: """
      Text that a loader or a shell may run: a script, Python source, a template, a YAML tag for \
      Python objects.
      """,
    why: "Libraries run code files, chat templates and such tags that come with a model.",
    remedy: "Read the text, or remove it from the model.",
    atlas: ["AML.T0011.000"],
    cwe: [94])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard case .text(let facts) = artifact else { return [] }
    return facts.signs.map { card.finding("expected plain text, found \($0.what)", at: $0.offset) }
  }
}
