// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A special file.
struct SpecialFile: Rule {
  let card = RuleCard(
    code: "MRT-FIL-005", name: "This is no ordinary file", severity: .medium, verdict: .unknown,
    finds: "A device, a socket or a pipe among the files of a model.",
    why: "Reading one can block or have effects.",
    remedy: "Remove it.")

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard case .special? = artifact.file else { return [] }
    return [card.finding("expected a file or a folder, found a device, socket or pipe")]
  }
}
