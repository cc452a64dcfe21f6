// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import Yams

// The parts of a policy, as its text has them.

extension Policy {
  static func rules(_ key: String, _ fields: PolicyFields) throws(PolicyError) -> [Rule] {
    var rules: [Rule] = []
    for (index, node) in try fields.list(key, of: "rules").enumerated() {
      rules.append(try rule(node, at: "rule \(index + 1) of `\(key)`"))
    }
    return rules
  }

  private static func rule(_ node: Node, at place: String) throws(PolicyError) -> Rule {
    let fields = try PolicyFields(
      node, at: place,
      allowed: [
        "id", "require", "evidence", "because", "maximumAge", "signer", "environments", "references",
        "onFailure",
      ])
    let id = try fields.optionalText("id")
    if let id, !isName(id) {
      throw .malformed("\(place): expected an id of letters, digits, `-`, `_` and `.`, found `\(id)`")
    }
    let demand: Rule.Demand
    switch (try fields.optionalText("require"), try fields.optionalText("evidence")) {
    case (let text?, nil): demand = .value(try Requirement(text, at: place))
    case (nil, let kind?):
      guard Requirement.isKind(kind) else {
        throw .malformed(
          "\(place): expected `evidence` to be a kind such as scan, or a predicate type, found `\(kind)`")
      }
      demand = .presence(kind: kind)
    default: throw .malformed("\(place) must have the key `require` or the key `evidence`, one of the two")
    }
    var references: [FrameworkReference] = []
    for text in try fields.texts("references") {
      guard let reference = FrameworkReference(text) else {
        let known = Framework.allCases.map(\.rawValue).joined(separator: ", ")
        throw .malformed(
          "\(place): expected a reference such as eu-ai-act:15(4), found `\(text)`; frameworks are \(known)")
      }
      references.append(reference)
    }
    return Rule(
      id: id, demand: demand, because: try fields.optionalText("because"),
      maximumAge: try fields.age("maximumAge"), signers: try fields.texts("signer"),
      environments: try fields.texts("environments"), references: references,
      onFailure: try fields.choice("onFailure", default: .refuse))
  }

  static func signers(_ fields: PolicyFields) throws(PolicyError) -> [String: Signer] {
    guard let node = fields["signers"] else { return [:] }
    var signers: [String: Signer] = [:]
    for (name, node) in try PolicyFields(node, at: "`signers`", allowed: nil).entries {
      let place = "the signer `\(name)`"
      guard isName(name), name != storeSigner else {
        throw .malformed(
          "\(place): expected a name of letters, digits, `-`, `_` and `.` other than `\(storeSigner)`, the store's own"
        )
      }
      let fields = try PolicyFields(node, at: place, allowed: ["key", "notAfter", "revoked"])
      let (key, keyID) = try readKey(fields.text("key"), at: place)
      if let known = signers.first(where: { $0.value.keyID == keyID }) {
        // Otherwise a key that is revoked under one name would live on under another.
        throw .malformed("\(place) has the same key as `\(known.key)`")
      }
      signers[name] = Signer(
        key: key, keyID: keyID, notAfter: try fields.end("notAfter"), revoked: try fields.instant("revoked"))
    }
    return signers
  }

  private static func readKey(_ text: String, at place: String) throws(PolicyError) -> (Signer.Key, String) {
    if let digest = Digest(hex: text) { return (.id(digest.hex), digest.hex) }
    let verifier: EvidenceVerifier
    do throws(EvidenceError) { verifier = try EvidenceVerifier(pem: text) } catch {
      throw .malformed("\(place): \(error), and no key id of 64 hex digits either")
    }
    return (.pem(verifier.pem), verifier.keyID)
  }

  static func approvals(_ fields: PolicyFields) throws(PolicyError) -> ApprovalRule? {
    guard let node = fields["approvals"] else { return nil }
    let fields = try PolicyFields(
      node, at: "`approvals`", allowed: ["count", "role", "notSubmitter", "maximumAge"])
    return ApprovalRule(
      count: try fields.count("count", in: 1...100), roles: try fields.texts("role"),
      notSubmitter: try fields.flag("notSubmitter", default: true), maximumAge: try fields.age("maximumAge"))
  }

  static func exceptions(_ fields: PolicyFields) throws(PolicyError) -> [Exemption] {
    var exceptions: [Exemption] = []
    for (index, node) in try fields.list("exceptions", of: "exceptions").enumerated() {
      let place = "exception \(index + 1)"
      let fields = try PolicyFields(
        node, at: place, allowed: ["rule", "model", "digest", "owner", "reason", "expires"])
      let digest = try fields.optionalText("digest")
      if let digest, Digest(hex: digest) == nil {
        throw .malformed(
          "\(place): expected `digest` as 64 lower-case hex digits, found `\(digest.prefix(80))`")
      }
      guard let expires = try fields.end("expires") else {
        throw .malformed("\(place) lacks the key `expires`: nothing is excepted for ever")
      }
      exceptions.append(
        Exemption(
          rule: try fields.text("rule").split(separator: " ").joined(separator: " "),
          model: try fields.text("model"), digest: digest, owner: try fields.text("owner"),
          reason: try fields.text("reason"), expires: expires))
    }
    return exceptions
  }

  /// `quarantine`, `warn`, or a mapping of `action` and `grace`.
  static func violation(_ fields: PolicyFields) throws(PolicyError) -> ViolationRule {
    guard let node = fields["onViolation"] else { return .strict }
    if case .scalar = node {
      return ViolationRule(action: try fields.choice("onViolation", default: .quarantine), grace: nil)
    }
    let fields = try PolicyFields(node, at: "`onViolation`", allowed: ["action", "grace"])
    let rule = ViolationRule(
      action: try fields.choice("action", default: .quarantine), grace: try fields.age("grace"))
    guard rule.action == .quarantine || rule.grace == nil else {
      throw .malformed("`onViolation`: `grace` is for quarantine, and this only warns")
    }
    return rule
  }
}
