// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

/// Several formats in one file.
struct Polyglot: Rule {
  let card = RuleCard(
    code: "MRT-FIL-007", name: "The file is two things at once", severity: .high, verdict: .unknown,
    finds: "Bytes that two loaders would read as two formats, such as a pickle in front of a zip archive.",
    why: "What one program checks is then not what another loads. All readings were scanned.",
    remedy: "Do not load the file. Ask its author how it was made.",
    cwe: [436])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard case .polyglot(let formats)? = artifact.file else { return [] }
    return [card.finding("the file reads as " + formats.joined(separator: " and as "))]
  }
}
