// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
package import MartletEvidence
import MartletFiles

/// The page of a rule in the guide.
package enum RulePage {
  package static func markdown(_ card: RuleCard) -> String {
    var text = """
      # \(card.code): \(card.name)

      | severity | makes a file | status |
      |---|---|---|
      | \(card.severity.rawValue) | `\(card.verdict.rawValue)` | \(card.status.rawValue) |

      ## What it finds

      \(card.finds)

      ## Why it matters

      \(card.why)

      ## What to do

      \(card.remedy)

      """
    let links =
      card.references.map { "- \($0)" } + card.atlas.map { "- MITRE ATLAS \($0)" }
      + card.cwe.map { "- [CWE-\($0)](https://cwe.mitre.org/data/definitions/\($0).html)" }
    if !links.isEmpty { text += "\n## References\n\n" + links.joined(separator: "\n") + "\n" }
    return text
  }

  /// Writes a page for each rule and one that lists them, and removes the pages of rules that are gone.
  package static func write(_ cards: [RuleCard], to folder: String) throws {
    try Directory.make(folder)
    var names: Set<String> = ["README.md"]
    try DurableFile.replace(folder + "/README.md", with: Array(index(cards).utf8).span)
    for card in cards {
      try DurableFile.replace(folder + "/\(card.code).md", with: Array(markdown(card).utf8).span)
      names.insert("\(card.code).md")
    }
    for name in try Directory.names(in: folder) where name.hasPrefix("MRT-") && !names.contains(name) {
      unsafe unlink(folder + "/" + name)
    }
  }

  /// The table of all rules, each with its page.
  package static func index(_ cards: [RuleCard]) -> String {
    var text = """
      # Rules of the scanner

      `martlet explain CODE` shows the same on a terminal. These pages are made from the rules' cards by `make rules`.

      | rule | severity | makes a file | |
      |---|---|---|---|

      """
    for card in cards {
      text +=
        "| [\(card.code)](\(card.code).md) | \(card.severity.rawValue) | `\(card.verdict.rawValue)` | \(card.name) |\n"
    }
    return text
  }
}
