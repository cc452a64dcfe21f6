// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Source code that evidently does harm.
struct HarmInSource: NoteRule {
  let kind = Note.Kind.sourceHarm
  let card = RuleCard(
    code: "MRT-SRC-001", name: "The code does harm", severity: .critical, verdict: .unsafe,
    finds: """
      Source code or a script that starts processes, opens connections, runs what it decodes or \
      removes files, when it is imported or run.
      """,
    why: """
      Libraries import the Python files of a model when they are told to trust it, and people run its \
      scripts.
      """,
    remedy: "Do not run it, and do not load the model with trust in its code.",
    atlas: ["AML.T0011.000", "AML.T0050"],
    cwe: [506, 94])
}
