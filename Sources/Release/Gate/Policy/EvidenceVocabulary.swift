// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What is known of the evidence that rules can ask for: enough to say that a rule can never hold.
package struct EvidenceVocabulary: Sendable {
  /// What a value can be.
  package enum Value: Sendable, Equatable {
    case words([String])
    case flag
    /// From 0 to 1.
    case fraction
    case number
    case text
  }

  /// The kinds of evidence.
  package let kinds: Set<String>
  /// The values, by the place that a requirement names. Where a step can be anything it is `*`: `robustness.linf.*.low`.
  package let values: [String: Value]

  package init(kinds: Set<String>, values: [String: Value]) {
    self.kinds = kinds
    self.values = values
  }

  func value(of requirement: Requirement) -> Value? {
    let steps = [requirement.evidence] + requirement.path
    if let value = values[steps.joined(separator: ".")] { return value }
    return values.first { name, _ in
      let known = name.split(separator: ".")
      return known.count == steps.count && zip(known, steps).allSatisfy { $0 == "*" || $0 == $1[...] }
    }?.value
  }
}
