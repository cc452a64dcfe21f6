// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A picture that is not only a picture.
struct PictureTail: Rule {
  let card = RuleCard(
    code: "MRT-FIL-008", name: "Bytes follow a picture", severity: .low, verdict: .unknown,
    finds: "A picture that breaks off, or with bytes behind its end.",
    why: "Viewers ignore them, and other programs may read them as something else.",
    remedy: "Save the picture again.")

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard case .pictureTail(let offset)? = artifact.file else { return [] }
    return [card.finding("expected the end of the file where the picture ends", at: offset)]
  }
}
