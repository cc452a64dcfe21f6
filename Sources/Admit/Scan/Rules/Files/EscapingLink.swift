// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A symbolic link out of the artifact.
struct EscapingLink: Rule {
  let card = RuleCard(
    code: "MRT-FIL-004", name: "A link leaves the folder", severity: .high, verdict: .unknown,
    finds: "A symbolic link that points outside of the scanned folder, or nowhere.",
    why: "The model then depends on files that were not scanned, and serving it may hand them out.",
    remedy: "Replace the link by the file it means.",
    cwe: [59])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard case .escapingLink(let target)? = artifact.file else { return [] }
    return [card.finding("expected a target inside of the folder, found \(target)", construct: target)]
  }
}
