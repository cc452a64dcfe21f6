// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A dotted or special name that leaves the module it names.
struct AttributeWalk: Rule {
  let card = RuleCard(
    code: "MRT-PKL-003", name: "It reaches through attributes", severity: .high, verdict: .unsafe,
    finds: """
      A global whose name walks through special attributes or into another module, such as \
      collections._sys.modules.
      """,
    why: "No pickler writes such names. They reach functions that no list of module names can stop.",
    remedy: "Do not load the file. Ask its author how it was made.",
    references: [
      "GHSA-5j3x-jp52-966f"
    ],
    atlas: ["AML.T0011.000", "AML.T0018"],
    cwe: [502, 470])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.globals.compactMap { global in
      guard case .walk(let step) = global.standing else { return nil }
      return card.finding(
        "expected the name of a class or function, found a walk through \(step)",
        construct: global.call?.expression ?? global.construct, at: global.offset)
    }.capped(by: card)
  }
}
