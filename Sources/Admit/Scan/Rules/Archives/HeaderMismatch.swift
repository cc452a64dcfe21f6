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
      switch disagreement {
      case .header(let member, let field, let central, let local, let offset):
        return card.finding(
          "the directory says \(field) \(central), the local header says \(local)", construct: member,
          at: offset)
      // Beside a name in letters that an old character set lacks, another one is what the field is for.
      case .unicodeName(let member, let other, let offset) where other.utf8.allSatisfy({ $0 < 0x80 }):
        return card.finding(
          "the header says name \(member), its field for Unicode says \(other)", construct: member, at: offset
        )
      default: return nil
      }
    }.capped(by: card)
  }
}
