// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A write to a global or a constant.
struct ForeignWrite: Rule {
  let card = RuleCard(
    code: "MRT-PKL-006", name: "It changes something that it did not make", severity: .high, verdict: .unsafe,
    finds: """
      BUILD, SETITEM, APPEND or ADDITEMS on a global or another thing that the pickle did not make \
      itself.
      """,
    why: """
      It replaces attributes of modules and classes in the running program: the next ordinary call \
      then runs the file's choice.
      """,
    remedy: "Do not load the file.",
    references: [
      "arXiv:2607.17503"
    ],
    atlas: ["AML.T0011.000", "AML.T0018"],
    cwe: [502, 915])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.findings([.foreignWrite], of: card) {
      "expected a write to a fresh container, found one to \($0.detail)"
    }
  }
}
