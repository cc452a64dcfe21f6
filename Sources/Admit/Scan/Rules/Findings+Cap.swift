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
