// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A known-harmful callable that the pickle calls.
struct DangerousCall: Rule {
  let card = RuleCard(
    code: "MRT-PKL-001", name: "Loading it runs something harmful", severity: .critical, verdict: .unsafe,
    finds: """
      A pickle that calls something known to do harm: a process, code as text, a file, a connection, \
      or a way to any of them.
      """,
    why: """
      A pickle is a program. Whoever loads the file runs the call, before the first line of their \
      own code sees the model.
      """,
    remedy: """
      Do not load the file. Ask its author for the weights as safetensors, and treat machines that \
      loaded it as compromised.
      """,
    references: [
      "CVE-2025-1716",
      "arXiv:2508.19774",
    ],
    atlas: ["AML.T0011.000", "AML.T0018"],
    cwe: [502, 94])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.globals.compactMap { global in
      guard case .dangerous(let effect) = global.standing, let call = global.call else { return nil }
      return card.finding(
        "\(global.construct) \(effect), and loading the file calls it", construct: call.expression,
        at: call.offset)
    }.capped(by: card)
  }
}
