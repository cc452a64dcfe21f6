// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

/// A repeated member name.
struct DuplicateMember: Rule {
  let card = RuleCard(
    code: "MRT-ZIP-002", name: "Two members have one name", severity: .high, verdict: .unknown,
    finds: """
      Two entries of the directory with the same name, or with names that differ only in case, in the kind of slash or \
      in empty parts.
      """,
    why: "Readers differ in which of them they take.",
    remedy: "Repack the archive from its source.",
    cwe: [436, 694])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.zip else { return [] }
    return facts.disagreements.compactMap { disagreement in
      switch disagreement {
      case .duplicate(let member, let offset):
        return card.finding("expected every name once, found it again", construct: member, at: offset)
      case .nearDuplicate(let member, let offset):
        return card.finding(
          "expected every name once, found one that some systems take for another", construct: member,
          at: offset)
      default: return nil
      }
    }.capped(by: card)
  }
}
