// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletEvidence

/// Every rule, in the order of the codes.
package enum Catalog {
  static let all: [any Rule] = (FileRules.all + ScannedFormats.rules).sorted { $0.card.code < $1.card.code }

  /// The cards of all rules, in the order of their codes.
  package static let cards: [RuleCard] = all.map(\.card)

  private static let byCode = Dictionary(uniqueKeysWithValues: cards.map { ($0.code, $0) })

  /// What `martlet explain CODE` shows; nil for a code that no rule has.
  package static func card(for code: String) -> RuleCard? { byCode[code.uppercased()] }

  private static let ofNotes = Dictionary(
    uniqueKeysWithValues: all.compactMap { rule in rule.noteKind.map { ($0, rule) } })
  private static let others = all.filter { $0.noteKind == nil }

  /// What all rules say about one parsed artifact, in the order of their codes. Of notes, the rules of their kinds speak alone:
  /// an archive has very many members, and there are hundreds of rules.
  static func findings(in artifact: ParsedArtifact) -> [Finding] {
    guard case .notes(let notes) = artifact else { return others.flatMap { $0.check(artifact) } }
    let rules = Set(notes.all.map(\.kind)).union(notes.unlisted.keys).compactMap { ofNotes[$0] }
    return rules.sorted { $0.card.code < $1.card.code }.flatMap { $0.check(artifact) }
  }

  /// What a finding makes of its artifact. A finding of a rule that is not known proves nothing.
  static func verdict(of finding: Finding) -> Verdict { byCode[finding.rule]?.verdict ?? .unknown }
}

/// Which rules made a verdict: part of cache keys and of the scan evidence. Changes whenever a rule or an allow
/// list entry changes what it says.
package enum ScannerVersion {
  package static let rules = "2026.4"
}
