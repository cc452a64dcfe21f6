// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

/// Members that share bytes.
struct OverlappingMembers: Rule {
  let card = RuleCard(
    code: "MRT-ZIP-010", name: "Members share their bytes", severity: .high, verdict: .unsafe,
    finds: "Two members, or a member and the directory, that take the same bytes of the archive.",
    why: """
      No program writes such an archive. It is how a few kilobytes become petabytes for whoever unpacks them, and how one \
      reader is shown another member than the next.
      """,
    remedy: "Do not unpack the archive.",
    references: ["CVE-2019-13232", "CVE-2024-0450"],
    cwe: [409, 436])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.zip else { return [] }
    return facts.disagreements.compactMap { disagreement in
      guard case .overlap(let member, let offset) = disagreement else { return nil }
      return card.finding("two parts of the archive share bytes", construct: member, at: offset)
    }.capped(by: card)
  }
}
