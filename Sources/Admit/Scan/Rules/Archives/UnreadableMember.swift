// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

/// A member that did not come out whole.
struct UnreadableMember: Rule {
  let card = RuleCard(
    code: "MRT-ZIP-004", name: "A member cannot be read", severity: .medium, verdict: .incomplete,
    finds: """
      A member with a wrong size or checksum, broken data, an unknown method, or more data than the \
      limit.
      """,
    why: "What it holds was not seen. Some loaders read on where others stop.",
    remedy: "Get the archive again, or repack it with ordinary compression.",
    references: [
      "CVE-2025-10156"
    ],
    cwe: [354, 409])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.zip else { return [] }
    return facts.failures.compactMap { failure in
      if case .encrypted = failure.error { return nil }
      return card.finding("\(failure.error)", construct: failure.member, at: failure.offset)
    }.capped(by: card)
  }
}
