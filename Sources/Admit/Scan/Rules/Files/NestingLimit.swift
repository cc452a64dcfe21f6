// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// The limit on recursion.
struct NestingLimit: Rule {
  let card = RuleCard(
    code: "MRT-FIL-006", name: "Too many things in each other", severity: .medium, verdict: .incomplete,
    finds:
      "Archives in archives, pickles in pickles or folders in folders beyond the limit, also where parts lie over each other and are read again and again.",
    why: "What lies deeper was not seen.",
    remedy: "Unpack the outer layers and scan again.",
    cwe: [674])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    switch artifact.file {
    case .nesting(let limit): [card.finding("expected at most \(limit) levels, found more")]
    case .unfolding:
      [
        card.finding(
          "expected parts that lie side by side, found so many that lie over each other that what comes behind was not seen"
        )
      ]
    default: []
    }
  }
}
