// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A name that is written to look like another.
struct DisguisedName: Rule {
  let card = RuleCard(
    code: "MRT-PKL-017", name: "A name is disguised", severity: .high, verdict: .unsafe,
    finds: """
      A module or a name with characters that cannot be seen, or with letters that look like those of a known name.
      """,
    why: "It fools people and tools that read the name. No pickler writes one.",
    remedy: "Do not load the file.",
    references: ["https://www.unicode.org/reports/tr39/"],
    atlas: ["AML.T0011.000"],
    cwe: [1007, 502])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.globals.compactMap { global in
      guard case .disguised(let how) = global.standing else { return nil }
      return card.finding(
        "expected a plain name, found \(how)", construct: global.call?.expression ?? global.construct,
        at: global.offset)
    }.capped(by: card)
  }
}
