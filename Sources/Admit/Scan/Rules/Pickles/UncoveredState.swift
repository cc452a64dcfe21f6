// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A state that no allow-list entry covers.
struct UncoveredState: Rule {
  let card = RuleCard(
    code: "MRT-PKL-007", name: "A vetted object gets an unvetted state", severity: .medium, verdict: .unknown,
    finds: "BUILD gives an object of the allow list a state of another kind than its class writes.",
    why: "A state becomes attributes of the object, and the attributes decide what its methods do.",
    remedy: "Ask the author how the file was made.",
    cwe: [502])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.findings([.uncoveredState], of: card) {
      "expected the state that the allow list covers, found \($0.detail)"
    }
  }
}
