// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// External data that escapes.
struct ExternalEscape: Rule {
  let card = RuleCard(
    code: "MRT-ONX-003", name: "Tensor data lies outside of the folder", severity: .high, verdict: .unsafe,
    finds: "External data whose path is absolute, goes up with .., or follows a link out of the folder.",
    why: "Loading the model reads any file of the machine into a tensor, and serving it can hand it out.",
    remedy: "Do not load the model.",
    references: [
      "CVE-2022-25882",
      "CVE-2024-27318",
      "CVE-2025-51480",
    ],
    cwe: [22])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.onnx else { return [] }
    return facts.notes(.externalEscape).map {
      card.finding(
        "expected a path inside of the folder, found one that \($0.detail)", construct: $0.construct)
    }.capped(by: card)
  }
}
