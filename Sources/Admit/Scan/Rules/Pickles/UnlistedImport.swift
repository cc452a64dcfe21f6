// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A global on neither list.
struct UnlistedImport: Rule {
  let card = RuleCard(
    code: "MRT-PKL-004", name: "It imports something that is not vetted", severity: .medium,
    verdict: .unknown,
    finds: """
      A global that is neither on the allow list nor known to do harm, such as a class of a third- \
      party library.
      """,
    why: """
      Making an object of a class runs its code with data of the file. Whether that is harmless, \
      nobody has checked.
      """,
    remedy: """
      If you trust the class with any data, allow it by name. Otherwise ask for the weights as \
      safetensors.
      """,
    atlas: ["AML.T0011.000", "AML.T0018"],
    cwe: [502])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.globals.compactMap { global in
      guard case .unlisted = global.standing else { return nil }
      let pack = AllowPacks.optional(covering: global.construct)
      let known =
        pack.map { "the pack \($0) covers it, which is off" }
        ?? "what it does with data of the file is not known"
      var finding = card.finding(
        "\(global.construct) is not on the allow list: \(known)",
        construct: global.call?.expression ?? global.construct, at: global.call?.offset ?? global.offset)
      finding.allow = pack ?? global.construct
      return finding
    }.capped(by: card)
  }
}
