// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

/// Unclaimed or shared bytes.
struct UnclaimedBytes: Rule {
  let card = RuleCard(
    code: "MRT-ZIP-003", name: "Bytes belong to no member", severity: .medium, verdict: .unknown,
    finds: "Bytes before, between or behind the members.",
    why: "A file can be an archive for one program and something else for another.",
    remedy: "Ask the author what the bytes are, or repack the archive.",
    cwe: [436])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.zip else { return [] }
    return facts.disagreements.compactMap { disagreement in
      switch disagreement {
      case .unclaimed(let range):
        return card.finding(
          "\(range.count) bytes belong to no member and to no directory", at: range.lowerBound)
      case .shifted(let bytes):
        return card.finding("the archive starts \(bytes) bytes into the file", at: bytes)
      default: return nil
      }
    }.capped(by: card)
  }
}
