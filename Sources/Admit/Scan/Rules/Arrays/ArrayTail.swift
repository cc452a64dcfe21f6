// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// What follows the elements.
struct ArrayTail: Rule {
  let card = RuleCard(
    code: "MRT-NPY-002", name: "Bytes follow the array", severity: .low, verdict: .unknown,
    finds: "Bytes behind the last element of a .npy file.",
    why: "numpy ignores them, and another program may read them as something else.",
    remedy: "Save the array again with numpy.")

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard case .numpy(let facts) = artifact, facts.trailing > 0 else { return [] }
    return [
      card.finding("expected the end of the file after the last element, found \(facts.trailing) bytes")
    ]
  }
}
