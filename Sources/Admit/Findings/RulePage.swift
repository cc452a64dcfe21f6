// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletEvidence

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

  /// The table of all rules, each with its page.
  package static func index(_ cards: [RuleCard]) -> String {
    var text = """
      # Rules of the scanner

      `martlet explain CODE` shows the same on a terminal. These pages are made from the rules' cards by `make generate`.

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
