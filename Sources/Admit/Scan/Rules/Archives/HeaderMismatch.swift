// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

/// Central and local header disagree.
struct HeaderMismatch: Rule {
  let card = RuleCard(
    code: "MRT-ZIP-001", name: "The two headers of a member differ", severity: .high, verdict: .unknown,
    finds: """
      A member whose local header gives another name, method, size, checksum or flags than the \
      directory of the archive.
      """,
    why: """
      Some programs believe one header and some the other: a scanner then sees another file than the \
      loader.
      """,
    remedy: "Do not load the archive. Repack it from its source.",
    references: [
      "CVE-2025-1944",
      "CVE-2025-1945",
    ],
    cwe: [436])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.zip else { return [] }
    return facts.disagreements.compactMap { disagreement in
      guard case .header(let member, let field, let central, let local, let offset) = disagreement else {
        return nil
      }
      return card.finding(
        "the directory says \(field) \(central), the local header says \(local)", construct: member,
        at: offset)
    }.capped(by: card)
  }
}
