// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Text that something may run.
struct CodeInText: NoteRule {
  let kind = Note.Kind.sourceCode
  let card = RuleCard(
    code: "MRT-TXT-001", name: "The text is code", severity: .medium, verdict: .unknown,
    finds: """
      Text that a loader or a shell may run: a script, Python source, code of other languages, a \
      notebook with a cell that does harm.
      """,
    why: "Libraries run code files that come with a model.",
    remedy: "Read the text, or remove it from the model.",
    atlas: ["AML.T0011.000"],
    cwe: [94])
}
