// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A .npy file that cannot be read whole.
struct BrokenArray: Rule {
  let card = RuleCard(
    code: "MRT-NPY-001", name: "The array is broken", severity: .medium, verdict: .incomplete,
    finds: "A .npy file whose header or data is not what the format says.",
    why: "Readers differ in what they make of it.",
    remedy: "Get the file again, or save it again with numpy.",
    cwe: [1286])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard case .numpy(let facts) = artifact, let error = facts.error else { return [] }
    return [card.finding("\(error)")]
  }
}
