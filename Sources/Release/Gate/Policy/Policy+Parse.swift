// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import Yams

extension Policy {
  /// Reads a policy.
  /// - Throws: ``PolicyError`` for anything that is not exactly one: a key that is not known or stands twice, a name that
  ///   is used and not declared, an exception without an owner, a reason or an end.
  package init(yaml: String) throws(PolicyError) {
    guard yaml.utf8.count <= Self.longestText else {
      throw .malformed("it is longer than \(Self.longestText) bytes")
    }
    let root: Node?
    do { root = try Yams.compose(yaml: yaml) } catch { throw .malformed(Self.reason(error)) }
    let fields = try PolicyFields(
      root, at: "the policy",
      allowed: [
        "name", "environments", "signers", "admit", "release", "serve", "approvals", "exceptions",
        "onViolation",
      ])
    text = yaml
    digest = .of(Array(yaml.utf8))
    name = try fields.text("name")
    environments = try fields.texts("environments")
    for environment in environments where !Self.isName(environment) {
      throw .malformed(
        "`environments`: expected names of letters, digits, `-`, `_` and `.`, found `\(environment)`")
    }
    signers = try Self.signers(fields)
    admit = try Self.rules("admit", fields)
    guard fields["release"] != nil else {
      throw .malformed("`release` must be a list of 1 to \(PolicyFields.mostItems) rules")
    }
    release = try Self.rules("release", fields)
    serve = try Self.rules("serve", fields)
    approvals = try Self.approvals(fields)
    exceptions = try Self.exceptions(fields)
    onViolation = try Self.violation(fields)
    try checkNames()
  }

  /// What the names in it stand for must be there, and be one thing.
  private func checkNames() throws(PolicyError) {
    var ids: Set<String> = []
    for rule in allRules {
      if let id = rule.id, !ids.insert(id).inserted { throw .malformed("two rules have the id `\(id)`") }
      for signer in rule.signers where signer != Self.storeSigner && signers[signer] == nil {
        throw .malformed(
          "the rule `\(rule.label)` asks for the signer `\(signer)`, whom `signers` does not have")
      }
      for environment in rule.environments where !environments.contains(environment) {
        throw .malformed(
          "the rule `\(rule.label)` is for the environment `\(environment)`, which `environments` does not have"
        )
      }
    }
    for exemption in exceptions where !allRules.contains(where: { Self.does(exemption, speakOf: $0) }) {
      throw .malformed(
        "an exception of \(exemption.owner) is for the rule `\(exemption.rule)`, and no rule has that id or text"
      )
    }
  }

  static func does(_ exemption: Exemption, speakOf rule: Rule) -> Bool {
    exemption.rule == rule.id || exemption.rule == rule.text
  }

  /// What is wrong with the YAML, on one line.
  private static func reason(_ error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      "line \(mark.line), column \(mark.column): \(problem)"
    case .duplicatedKeysInMapping(let keys, _): "the key `\(keys.joined(separator: "`, `"))` stands twice"
    default: "it is no YAML text"
    }
  }

  private static let longestText = 256 << 10

  /// The signer that every policy has: the key of the store that is asked.
  static let storeSigner = "store"

  static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
