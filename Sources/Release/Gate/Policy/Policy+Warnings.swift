// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import MartletFormats

extension Policy {
  /// What is allowed in it and is likely to be a mistake, a sentence each: kinds of evidence that nobody leaves, rules that can
  /// never hold, exceptions that are over, signers whom nobody asks.
  package func warnings(knowing vocabulary: EvidenceVocabulary, at time: Date) -> [String] {
    allRules.compactMap { Self.doubt($0, vocabulary) } + contradictions + doubtsAboutExceptions(at: time)
      + doubtsAboutSigners(at: time)
  }

  private static func doubt(_ rule: Rule, _ vocabulary: EvidenceVocabulary) -> String? {
    // What is not Martlet's is somebody's statement, of which nothing is known.
    if rule.kind.contains(":") { return nil }
    guard vocabulary.kinds.contains(rule.kind) else {
      return
        "the rule `\(rule.label)` asks for evidence of the kind \(rule.kind), which no stage leaves; known kinds are "
        + vocabulary.kinds.sorted().joined(separator: ", ")
    }
    guard case .value(let requirement) = rule.demand, let value = vocabulary.value(of: requirement) else {
      return nil
    }
    let expected: String
    switch value {
    case .words(let words):
      guard let word = requirement.value.string, words.contains(word) || requirement.asksForCurrent else {
        expected = "one of \(words.joined(separator: ", "))"
        break
      }
      return nil
    case .flag:
      if case .bool = requirement.value { return nil }
      expected = "true or false"
    case .text:
      if requirement.value.string != nil { return nil }
      expected = "a text"
    case .number:
      if requirement.value.number != nil { return nil }
      expected = "a number"
    case .fraction:
      if requirement.canHold(in: 0...1) { return nil }
      expected = "a fraction from 0 to 1"
    }
    return
      "the rule `\(rule.label)` compares with \(requirement.value.words), and \(requirement.place) is \(expected)"
  }

  /// Pairs of requirements on one value that no value satisfies.
  private var contradictions: [String] {
    var found: [String] = []
    for transition in Transition.allCases where transition != .serve {
      let rules = rules(for: transition)
      for (index, one) in rules.enumerated() {
        for other in rules[..<index] {
          guard case .value(let left) = one.demand, case .value(let right) = other.demand,
            left.evidence == right.evidence, left.path == right.path, one.signers == other.signers,
            one.shares(environmentWith: other), left.contradicts(right)
          else { continue }
          found.append(
            "the rules `\(other.label)` and `\(one.label)` can never hold together: \(right.text), and \(left.text)"
          )
        }
      }
    }
    return found
  }

  private func doubtsAboutExceptions(at time: Date) -> [String] {
    exceptions.compactMap { exemption in
      guard exemption.isExpired(at: time) else { return nil }
      return
        "the exception by \(exemption.owner) for `\(exemption.rule)` ended on \(PolicyTime.words(exemption.expires)) and "
        + "counts no more: take it out, or agree on a new end"
    }
  }

  private func doubtsAboutSigners(at time: Date) -> [String] {
    let asked = Set(allRules.flatMap(\.signers))
    var doubts: [String] = []
    for (name, signer) in signers.sorted(by: { $0.key < $1.key }) {
      if signer.isRevoked(at: time), asked.contains(name) {
        doubts.append("rules ask for the signer \(name), who is revoked: what he signed counts as missing")
      } else if !asked.contains(name), signer.revoked == nil, signer.notAfter == nil {
        doubts.append("no rule asks for the signer \(name)")
      }
    }
    return doubts
  }
}

extension Policy.Rule {
  fileprivate func shares(environmentWith other: Policy.Rule) -> Bool {
    environments.isEmpty || other.environments.isEmpty
      || !Set(environments).isDisjoint(with: other.environments)
  }
}

extension Requirement {
  /// Whether any number in `range` satisfies it.
  fileprivate func canHold(in range: ClosedRange<Double>) -> Bool {
    guard let bound = value.number else { return false }
    return switch comparison {
    case .equal: range.contains(bound)
    case .notEqual: true
    case .atLeast: bound <= range.upperBound
    case .more: bound < range.upperBound
    case .atMost: bound >= range.lowerBound
    case .less: bound > range.lowerBound
    }
  }

  /// Whether no value satisfies both, as far as one can tell from two comparisons.
  fileprivate func contradicts(_ other: Requirement) -> Bool {
    if comparison == .equal, !asksForCurrent { return !other.asksForCurrent && !other.holds(for: value) }
    if other.comparison == .equal, !other.asksForCurrent {
      return !asksForCurrent && !holds(for: other.value)
    }
    guard let mine = value.number, let others = other.value.number else { return false }
    switch (comparison, other.comparison) {
    case (.atLeast, .atMost): return mine > others
    case (.atLeast, .less), (.more, .atMost), (.more, .less): return mine >= others
    case (.atMost, .atLeast): return mine < others
    case (.less, .atLeast), (.atMost, .more), (.less, .more): return mine <= others
    default: return false
    }
  }
}
