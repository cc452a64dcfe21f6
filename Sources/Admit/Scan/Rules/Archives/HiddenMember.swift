// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

/// Members and directories that only some readers see.
struct HiddenMember: Rule {
  let card = RuleCard(
    code: "MRT-ZIP-007", name: "The archive has a second content", severity: .high, verdict: .unknown,
    finds: """
      A member that the directory does not list, a second directory, or totals that contradict the \
      entries.
      """,
    why: "Another reader sees other members in the same file.",
    remedy: "Repack the archive from its source.",
    cwe: [436])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.zip else { return [] }
    return facts.disagreements.compactMap { disagreement in
      switch disagreement {
      case .unlisted(let member, let offset):
        return card.finding("the directory does not list this member", construct: member, at: offset)
      case .secondDirectory(let offset): return card.finding("there is a second end of directory", at: offset)
      case .zip64(let field, let offset):
        return card.finding("the zip64 record gives another \(field) than the plain one", at: offset)
      case .entryCount(let stated, let found):
        return card.finding("the directory should have \(stated) entries and has \(found)")
      default: return nil
      }
    }.capped(by: card)
  }
}
