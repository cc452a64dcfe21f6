// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import MartletEvidence
import MartletFormats
import MartletGate
import MartletRegistry

extension Lifecycle {
  /// Decides about every released version again, and does what the policy says about those that no longer satisfy it.
  package func reevaluate(
    at now: Date = Date(), by principal: String = Record.localPrincipal
  ) throws -> [Reevaluation] {
    try releasedVersions().map { try reevaluate($0, at: now, by: principal) }
  }

  /// Decides again about those released versions for which something has changed or a time has come.
  func reevaluateDue(at now: Date) throws {
    for version in try releasedVersions() { _ = try isStillReleased(version, at: now) }
  }

  /// Whether a version that the registry calls released may answer now.
  ///
  /// A row in the database is not enough: whoever can write there could otherwise release a model. As long as nothing came
  /// that could change the decision and its time has not come, what was found out before counts.
  func isStillReleased(_ version: ModelVersion, at now: Date) throws -> Bool {
    let mark = try store.registry.decisionMark(about: version.digest)
    if store.standing.holds(version, mark, at: now) { return true }
    return try reevaluate(version, at: now, by: Record.localPrincipal).answers
  }

  func reevaluate(_ version: ModelVersion, at now: Date, by principal: String) throws -> Reevaluation {
    // As it was before: what is written meanwhile, here or by another process, is looked at the next time.
    let mark = try store.registry.decisionMark(about: version.digest)
    let result = try reconsider(version, at: now, by: principal)
    if result.answers {
      store.standing.note(version, mark, until: result.until)
    } else {
      store.standing.forget(version)
    }
    return result
  }

  func releasedVersions() throws -> [ModelVersion] {
    try store.registry.versions().filter { $0.state == .released }
  }

  private func reconsider(
    _ version: ModelVersion, at now: Date, by principal: String
  ) throws -> Reevaluation {
    // Another process may have moved it while this one was deciding: then it is looked at again.
    for _ in 0..<3 {
      if let result = try Reconsideration(store, version, at: now, by: principal).run() { return result }
    }
    throw StoreError.policy(
      "the model \(version.model) is being changed again and again: nothing was decided about it")
  }
}

/// One released version, decided about again.
private struct Reconsideration {
  let store: Store
  let version: ModelVersion
  let now: Date
  let principal: String
  private let mark: DecisionMark
  private let stored: [StoredEvidence]
  private let believed: [BelievedEvidence]

  init(_ store: Store, _ version: ModelVersion, at now: Date, by principal: String) throws {
    self.store = store
    self.version = version
    self.now = now
    self.principal = principal
    mark = try store.registry.decisionMark(about: version.digest)
    stored = try store.registry.evidence(about: version.digest)
    let gate = Gate(trusting: [store.evidenceVerifier])
    believed = stored.compactMap { gate.believe($0.envelope, about: version.digest) }
  }

  /// - Returns: nil when something was changed meanwhile.
  func run() throws -> Reevaluation? {
    guard let last = believed.newest(DecisionFact.name),
      last.predicate["decision"]?["released"] == .bool(true)
    else {
      return result(.notReleased, believed.newest(DecisionFact.name)?.fact(DecisionFact.self)?.decision)
    }
    guard let decided = last.fact(DecisionFact.self)?.decision else { return result(.undecided) }
    guard let policy = try store.policy(setFor: decided.environment) ?? store.policy(of: decided) else {
      // Only an earlier Martlet left decisions without the text that they rest on.
      if decided.transition == nil { return result(.undecided) }
      throw StoreError.policy(
        "the text of the policy \(decided.policy) (\(decided.policyDigest.short)) is not in the store, and \(version.model) "
          + "cannot be decided about: run `martlet protect` on it again")
    }
    let decision = Gate(trusting: [store.evidenceVerifier]).decide(
      policy, about: version.digest, evidence: stored.map(\.envelope), at: now,
      try store.circumstances(
        .serve, of: version.model, in: decided.environment, submittedBy: decided.submitter))
    return decision.released ? try keep(decision, after: decided) : try doubt(decision, policy)
  }

  /// The policy still says yes. A new decision is left only where it says something new.
  private func keep(_ decision: Decision, after last: Decision) throws -> Reevaluation? {
    if last.policyDigest != decision.policyDigest || openViolation != nil {
      let evidence = evidence(DecisionFact(at: now, decision: decision))
      guard try write(evidence, "passed", decision, { try store.registry.keep([evidence]) }) else {
        return nil
      }
    }
    return result(.holds, decision, until: decision.validUntil)
  }

  /// The policy says no, and says what follows.
  private func doubt(_ decision: Decision, _ policy: Policy) throws -> Reevaluation? {
    let since = openViolation?.since ?? now
    var end: Date?
    if policy.onViolation.action == .quarantine {
      // Only what time has done is forgiven for some time.
      let grace = decision.isLapse ? policy.onViolation.grace ?? 0 : 0
      let until = since.addingTimeInterval(grace)
      guard now < until else { return try quarantine(decision) }
      end = until
    }
    if openViolation.map({ $0.decision.refusal != decision.refusal || $0.until != end }) ?? true {
      let fact = ViolationFact(at: now, since: since, until: end, decision: decision)
      let evidence = evidence(fact)
      guard try write(evidence, "violated", decision, { try store.registry.keep([evidence]) }) else {
        return nil
      }
    }
    return result(.violates, decision, until: end)
  }

  private func quarantine(_ decision: Decision) throws -> Reevaluation? {
    let evidence = evidence(DecisionFact(at: now, decision: decision))
    let isDone = try write(evidence, "quarantined", decision) {
      try store.registry.move(
        model: version.model, digest: version.digest, to: .quarantined, evidence: [evidence])
    }
    return isDone ? result(.quarantined, decision) : nil
  }

  /// A violation that was noticed after the last decision.
  private var openViolation: ViolationFact? {
    guard let violation = believed.lastIndex(where: { $0.name == ViolationFact.name }) else { return nil }
    let decision = believed.lastIndex { $0.name == DecisionFact.name } ?? -1
    return violation > decision ? believed[violation].fact(ViolationFact.self) : nil
  }

  private func evidence(_ fact: some EvidencePredicate) -> StoredEvidence {
    store.evidence(fact, about: version.digest, named: version.model)
  }

  /// The record first, with the reasons; neither when the store is another than the one that was decided about.
  private func write(
    _ evidence: StoredEvidence, _ outcome: String, _ decision: Decision, _ change: () throws -> Void
  ) throws -> Bool {
    let record = Record(
      "reevaluate", outcome: outcome, by: principal, model: version.model, digest: version.digest,
      evidence: [evidence.id], reason: decision.refusal, at: now)
    return try store.write(record) {
      try store.registry.decisionMark(about: version.digest) == mark
        && store.registry.released(version.model, number: version.number) != nil
    } _: {
      try change()
    }
  }

  private func result(
    _ outcome: Reevaluation.Outcome, _ decision: Decision? = nil, until: Date? = nil
  ) -> Reevaluation {
    Reevaluation(
      model: version.model, version: version.number, digest: version.digest, outcome: outcome,
      decision: decision, until: until)
  }
}
