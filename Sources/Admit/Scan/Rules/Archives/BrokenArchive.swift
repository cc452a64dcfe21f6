// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

/// An archive that cannot be read whole.
struct BrokenArchive: Rule {
  let card = RuleCard(
    code: "MRT-ZIP-008", name: "The archive is broken", severity: .medium, verdict: .incomplete,
    finds: "A zip archive without a directory, or whose structure breaks off.",
    why: "Not everything in it could be found.",
    remedy: "Get the file again; compare its digest with the author's.",
    cwe: [1286])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.zip else { return [] }
    if let error = facts.error { return [card.finding("\(error)")] }
    return facts.disagreements.compactMap { disagreement in
      switch disagreement {
      case .noDirectory:
        return card.finding("expected a directory at the end, found none: the archive is cut short")
      case .broken(let offset, let reason):
        return card.finding("the archive is broken: \(reason)", at: offset)
      default: return nil
      }
    }.capped(by: card)
  }
}
