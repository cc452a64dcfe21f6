// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Types, methods and loaders in the schema that are not of scikit-learn, numpy or scipy.
struct SkopsUnlisted: NoteRule {
  let kind: Note.Kind = .skopsUnlisted
  let card = RuleCard(
    code: "MRT-SKO-002", name: "The skops file names an unknown type", severity: .medium, verdict: .unknown,
    finds: """
      Types, methods and loaders in the schema that are not of scikit-learn, numpy or scipy.
      """,
    why: "What they do when they are made was not looked at.",
    remedy: "Read the code, and allow the type if it is harmless.",
    atlas: ["AML.T0011.000"],
    cwe: [829])
}
