// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A known-harmful global that is named but not called.
struct DangerousImport: Rule {
  let card = RuleCard(
    code: "MRT-PKL-002", name: "It imports something harmful", severity: .high, verdict: .unsafe,
    finds: "A pickle that imports something known to do harm, without a call that could be seen.",
    why: """
      An imported function can still be called: as a method that the loader looks up, or by a later \
      stream with the same memo.
      """,
    remedy: "Do not load the file. Ask its author for the weights as safetensors.",
    references: [
      "arXiv:2508.19774"
    ],
    atlas: ["AML.T0011.000", "AML.T0018"],
    cwe: [502])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.globals.compactMap { global in
      guard case .dangerous(let effect) = global.standing, global.call == nil else { return nil }
      return card.finding(
        "\(global.construct) \(effect), and the file imports it", construct: global.construct,
        at: global.offset)
    }.capped(by: card)
  }
}
