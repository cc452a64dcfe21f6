// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence

extension Array<Finding> {
  /// At most ``Limits/findingsPerRule`` of them, and how many more there are.
  func capped(by card: RuleCard) -> [Finding] {
    guard count > Limits.findingsPerRule else { return self }
    return prefix(Limits.findingsPerRule) + [
      card.finding("\(count - Limits.findingsPerRule) more findings of this rule are not listed")
    ]
  }

  /// At most ``Limits/findingsPerRule`` of each rule, and how many more there are. The verdict, which is by rule, stays.
  func listed() -> [Finding] {
    guard count > Limits.findingsPerRule else { return self }
    var counts: [String: Int] = [:]
    var listed = filter {
      counts[$0.rule, default: 0] += 1
      return counts[$0.rule]! <= Limits.findingsPerRule
    }
    for (rule, count) in counts.sorted(by: { $0.key < $1.key }) where count > Limits.findingsPerRule {
      guard let card = Catalog.card(for: rule) else { continue }
      listed.append(
        card.finding("\(count - Limits.findingsPerRule) more findings of this rule are not listed"))
    }
    return listed
  }
}

extension PickleFacts {
  /// A finding for each note of these kinds, and one for those that were not kept.
  func findings(
    _ kinds: [Note.Kind], of card: RuleCard, message: (Note) -> String
  ) -> [Finding] {
    var findings = notes.filter { kinds.contains($0.kind) }.map {
      var finding = card.finding(message($0), construct: $0.detail, at: $0.offset)
      finding.allow = $0.allow
      return finding
    }
    let more = kinds.reduce(0) { $0 + unlistedNotes[$1, default: 0] }
    if more > 0 { findings.append(card.finding("\(more) more findings of this rule are not listed")) }
    return findings
  }
}
