// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A file of no known format.
struct Unrecognised: Rule {
  static let code = "MRT-FIL-001"

  let card = RuleCard(
    code: Self.code, name: "Nobody knows what this file is", severity: .low, verdict: .unknown,
    finds: "A file of no format that can be read here.",
    why: "What is not recognised cannot be proved harmless.",
    remedy: "Remove it from the model, or convert it to a format that is recognised.")

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard case .unrecognised? = artifact.file else { return [] }
    return [card.finding("the bytes are of no format that is recognised")]
  }
}
