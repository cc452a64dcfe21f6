// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// An operator from outside of the standard.
struct CustomDomain: Rule {
  let card = RuleCard(
    code: "MRT-ONX-002", name: "A node is of a custom domain", severity: .medium, verdict: .unknown,
    finds: """
      A node, function or operator set of a domain that is neither standard nor defined in the \
      model.
      """,
    why: "It needs a native library from somewhere else, and what that does is not in the file.",
    remedy: "Export the model with standard operators only.",
    cwe: [829])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.onnx else { return [] }
    return facts.notes(.customDomain).map {
      card.finding(
        "expected a standard domain or a function of the model, found \($0.detail)", construct: $0.construct)
    }.capped(by: card)
  }
}
