// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A protocol 5 out-of-band buffer.
struct OutOfBandBuffer: Rule {
  let card = RuleCard(
    code: "MRT-PKL-015", name: "It needs a buffer from outside", severity: .low, verdict: .unknown,
    finds: "NEXT_BUFFER: data that the loading program hands over beside the file.",
    why: "The data was not seen here.",
    remedy: "Save the model in one file.",
    references: [
      "PEP 574"
    ])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.findings([.buffer], of: card) { "expected all data in the file, found \($0.detail)" }
  }
}
