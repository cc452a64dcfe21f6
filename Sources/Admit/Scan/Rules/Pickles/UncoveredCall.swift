// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A call that no allow-list entry covers.
struct UncoveredCall: Rule {
  let card = RuleCard(
    code: "MRT-PKL-005", name: "A vetted callable gets unvetted arguments", severity: .medium,
    verdict: .unknown,
    finds: """
      A call of something on the allow list with arguments that its entry does not cover, or a call \
      of what another call returned.
      """,
    why: """
      Even a harmless function can allocate all memory or look up a codec when the file chooses its \
      arguments freely.
      """,
    remedy: """
      Ask the author how the file was made; picklers of the libraries on the list never write such a \
      call.
      """,
    cwe: [502])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.findings([.uncoveredCall, .computedCall], of: card) {
      "expected the arguments that the allow list covers, found \($0.detail)"
    }
  }
}
