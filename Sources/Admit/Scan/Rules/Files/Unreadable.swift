// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A file the system refuses.
struct Unreadable: Rule {
  let card = RuleCard(
    code: "MRT-FIL-002", name: "The file cannot be read", severity: .medium, verdict: .incomplete,
    finds: "A file or folder that the system would not open.",
    why: "What it holds was not seen.",
    remedy: "Make it readable for the user who scans.")

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard case .unreadable(let reason)? = artifact.file else { return [] }
    return [card.finding(reason)]
  }
}
