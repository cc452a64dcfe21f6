// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

/// An encrypted member.
struct EncryptedMember: Rule {
  let card = RuleCard(
    code: "MRT-ZIP-005", name: "A member is encrypted", severity: .medium, verdict: .incomplete,
    finds: "A member that is encrypted, or says that it is.",
    why: "What it holds was not seen. Some loaders ignore the flag and read the data.",
    remedy: "Decrypt the archive before it is scanned.",
    references: [
      "CVE-2025-1945"
    ],
    cwe: [311])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.zip else { return [] }
    return facts.failures.compactMap { failure in
      guard case .encrypted = failure.error else { return nil }
      return card.finding("\(failure.error)", construct: failure.member, at: failure.offset)
    }.capped(by: card)
  }
}
