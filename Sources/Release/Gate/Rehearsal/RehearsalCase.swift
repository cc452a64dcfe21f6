// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletFormats

/// One case: what is there, and what the policy should say.
struct RehearsalCase: Sendable {
  private let name: String
  private let at: Date?
  private let circumstances: Circumstances
  private let evidence: [RehearsalFields]
  private let approvals: [RehearsalFields]
  private let expectsYes: Bool
  /// The ids or texts of exactly the rules that should say no; nil when any may.
  private let failing: [String]?

  init(_ value: JSONValue, number: Int) throws(RehearsalError) {
    let place = "case \(number)"
    let fields = try RehearsalFields(
      value, at: place,
      allowed: [
        "name", "at", "transition", "model", "environment", "submitter", "evidence", "approvals", "expect",
        "failing",
      ])
    name = try fields.text("name") ?? place
    at = try fields.instant("at")
    let step = try fields.text("transition") ?? Policy.Transition.release.rawValue
    guard let transition = Policy.Transition(rawValue: step) else {
      throw .malformed("\(place): expected `transition` to be admit, release or serve, found `\(step)`")
    }
    circumstances = Circumstances(
      transition, model: try fields.text("model"), environment: try fields.text("environment"),
      submitter: try fields.text("submitter"))
    evidence = try Self.parts(fields, "evidence", allowed: ["kind", "signer", "at", "age", "predicate"])
    approvals = try Self.parts(fields, "approvals", allowed: ["principal", "roles", "at", "age", "stale"])
    failing = try fields.texts("failing")
    switch try fields.text("expect") {
    case "yes": expectsYes = true
    case "no": expectsYes = false
    default: throw .malformed("\(place): `expect` must be `yes` or `no`")
    }
  }

  private static func parts(
    _ fields: RehearsalFields, _ key: String, allowed: Set<String>
  ) throws(RehearsalError) -> [RehearsalFields] {
    guard let value = fields[key] else { return [] }
    guard let values = value.array else { throw .malformed("\(fields.place): `\(key)` must be a list") }
    var parts: [RehearsalFields] = []
    for (index, value) in values.enumerated() {
      parts.append(
        try RehearsalFields(value, at: "\(fields.place), \(index + 1) of `\(key)`", allowed: allowed))
    }
    return parts
  }

  func outcome(
    of policy: Policy, at time: Date, editions: [String: String]
  ) throws(RehearsalError) -> Rehearsal.Outcome {
    let time = at ?? time
    var pieces: [BelievedEvidence] = []
    for (index, fields) in evidence.enumerated() {
      pieces.append(try piece(fields, number: index, policy, time))
    }
    var circumstances = circumstances
    circumstances.editions = editions
    let pool = EvidencePool(pieces, disbelieved: 0, own: [Self.ownKey], policy: policy)
    func hearing(_ circumstances: Circumstances) -> Hearing {
      Hearing(
        policy: policy, digest: Self.digest, pool: pool, time: time, circumstances: circumstances)
    }
    let set = hearing(circumstances).evidenceSet
    for fields in approvals { circumstances.approvals.append(try approval(fields, set, time)) }
    return compare(hearing(circumstances).decision)
  }

  private func compare(_ decision: Decision) -> Rehearsal.Outcome {
    let no = decision.reasons.filter(\.refuses)
    var problem: String?
    if decision.released != expectsYes {
      let found = no.map(\.text).joined(separator: "; ")
      problem = "expected \(expectsYes ? "yes" : "no"), found \(expectsYes ? "no: \(found)" : "yes")"
    } else if let failing {
      let names = no.map { failing.contains($0.rule) ? $0.rule : $0.id ?? $0.rule }
      if Set(names) != Set(failing) {
        problem =
          "expected no from \(Self.list(failing)), found it from \(Self.list(names))"
      }
    }
    return Rehearsal.Outcome(name: name, passed: problem == nil, problem: problem)
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "no rule" : names.sorted().map { "`\($0)`" }.joined(separator: ", ")
  }

  private func piece(
    _ fields: RehearsalFields, number: Int, _ policy: Policy, _ time: Date
  ) throws(RehearsalError) -> BelievedEvidence {
    guard let kind = try fields.text("kind") else { throw .malformed("\(fields.place) lacks the key `kind`") }
    let predicate = fields["predicate"] ?? .object([])
    guard predicate.members != nil else {
      throw .malformed("\(fields.place): `predicate` must be an object")
    }
    let name = try fields.text("signer") ?? Policy.storeSigner
    var key = Self.ownKey
    if name != Policy.storeSigner {
      guard let signer = policy.signers[name] else {
        throw .malformed("\(fields.place): the policy has no signer `\(name)`")
      }
      key = signer.keyID
    }
    return BelievedEvidence(
      imagined: kind, at: try fields.time(before: time), predicate: predicate, signer: key,
      id: .of(Array("\(number)".utf8)))
  }

  private func approval(
    _ fields: RehearsalFields, _ set: Digest, _ time: Date
  ) throws(RehearsalError) -> GivenApproval {
    guard let principal = try fields.text("principal") else {
      throw .malformed("\(fields.place) lacks the key `principal`")
    }
    return GivenApproval(
      principal: principal, roles: Set(try fields.texts("roles") ?? []), digest: Self.digest,
      evidenceSet: try fields.flag("stale") ? .of([]) : set, at: try fields.time(before: time))
  }

  private static let digest = Digest.of(Array("the version of a case".utf8))
  /// Stands for the key of a store: the ids of real keys are hex.
  private static let ownKey = "store"
}
