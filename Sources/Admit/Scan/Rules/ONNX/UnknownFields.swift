// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Bytes no field of the standard claims.
struct UnknownFields: Rule {
  let card = RuleCard(
    code: "MRT-ONX-006", name: "The model has fields that ONNX does not", severity: .medium,
    verdict: .unknown,
    finds: "Protocol buffer fields that the ONNX standard does not define.",
    why: "Some program may read them; what they mean is not known here.",
    remedy: "Export the model again.",
    cwe: [1286])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.onnx else { return [] }
    return facts.notes(.unknownFields).map {
      card.finding(
        "expected the fields of the ONNX standard only, found others in \($0.detail)", construct: $0.construct
      )
    }.capped(by: card)
  }
}
