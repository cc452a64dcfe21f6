// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// An empty file.
struct EmptyFile: Rule {
  let card = RuleCard(
    code: "MRT-FIL-003", name: "The file is empty", severity: .info, verdict: .safe,
    finds: "A file of no bytes.",
    why: "It holds nothing, harmful or not.",
    remedy: "If it should be a model, get it again.")

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard case .empty? = artifact.file else { return [] }
    return [card.finding("the file has no bytes")]
  }
}
