// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

/// A repeated member name.
struct DuplicateMember: Rule {
  let card = RuleCard(
    code: "MRT-ZIP-002", name: "Two members have one name", severity: .high, verdict: .unknown,
    finds: "Two entries of the directory with the same name.",
    why: "Readers differ in which of them they take.",
    remedy: "Repack the archive from its source.",
    cwe: [436, 694])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.zip else { return [] }
    return facts.disagreements.compactMap { disagreement in
      guard case .duplicate(let member, let offset) = disagreement else { return nil }
      return card.finding("expected every name once, found it again", construct: member, at: offset)
    }.capped(by: card)
  }
}
