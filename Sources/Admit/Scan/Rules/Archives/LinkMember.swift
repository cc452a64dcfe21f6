// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

/// A symbolic link in an archive.
struct LinkMember: Rule {
  let card = RuleCard(
    code: "MRT-ZIP-009", name: "A member is a symbolic link", severity: .medium, verdict: .unknown,
    finds: "A member that becomes a symbolic link when the archive is unpacked.",
    why: "Whoever reads it reads the file that it points to.",
    remedy: "Repack the archive without links.",
    cwe: [59])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.zip else { return [] }
    return facts.entries.filter(\.isSymbolicLink).map {
      card.finding("expected a file, found a symbolic link", construct: $0.name, at: $0.headerOffset)
    }.capped(by: card)
  }
}
