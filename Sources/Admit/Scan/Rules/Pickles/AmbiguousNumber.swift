// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A number on which readers disagree.
struct AmbiguousNumber: Rule {
  let card = RuleCard(
    code: "MRT-PKL-014", name: "Unpicklers read a number differently", severity: .high, verdict: .unknown,
    finds: """
      A number in text that CPython's C unpickler takes and other readers refuse or read otherwise, \
      such as one with a NUL.
      """,
    why: "It steers scanners and loaders onto different paths through the same file.",
    remedy: "Do not load the file. No pickler writes this.",
    cwe: [436])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.findings([.ambiguousNumber], of: card) {
      "expected a plain decimal number, found \($0.detail)"
    }
  }
}
