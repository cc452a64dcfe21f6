// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A call of something unvetted that looks like an attack.
struct SuspiciousCall: Rule {
  let card = RuleCard(
    code: "MRT-PKL-016", name: "An unvetted call gets code, a command or an address", severity: .critical,
    verdict: .unsafe,
    finds: """
      A call of something on no list that is known to reach code, processes, files or connections, says so in its \
      name, or gets text that looks like code, a command, an address or a path.
      """,
    why: """
      Libraries hold thousands of functions that run what they get. No list names them all, and ordinary models call \
      none of them while they load.
      """,
    remedy: "Do not load the file. Ask its author for the weights as safetensors.",
    references: ["arXiv:2508.19774"],
    atlas: ["AML.T0011.000", "AML.T0018"],
    cwe: [502, 94])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.globals.compactMap { global in
      guard global.standing == .unlisted, let call = global.call, let suspicion = call.suspicion else {
        return nil
      }
      return card.finding(
        "loading the file calls \(global.construct), which nobody vetted, and \(suspicion)",
        construct: call.expression, at: call.offset)
    }.capped(by: card)
  }
}
