// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// The limit on recursion.
struct NestingLimit: Rule {
  let card = RuleCard(
    code: "MRT-FIL-006", name: "Too many things in each other", severity: .medium, verdict: .incomplete,
    finds: "Archives in archives, pickles in pickles or folders in folders beyond the limit.",
    why: "What lies deeper was not seen.",
    remedy: "Unpack the outer layers and scan again.",
    cwe: [674])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard case .nesting(let limit)? = artifact.file else { return [] }
    return [card.finding("expected at most \(limit) levels, found more")]
  }
}
