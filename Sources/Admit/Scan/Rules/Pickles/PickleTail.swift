// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// What follows the last stream.
struct PickleTail: Rule {
  let card = RuleCard(
    code: "MRT-PKL-013", name: "Bytes follow the pickle", severity: .low, verdict: .unknown,
    finds: "Bytes behind the last STOP that are no pickle.",
    why: "A loader ignores them, and another program may read them as something else.",
    remedy: "Ask the author what they are.")

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.findings([.trailing], of: card) {
      "expected the end of the file after the pickle, found \($0.detail)"
    }
  }
}
