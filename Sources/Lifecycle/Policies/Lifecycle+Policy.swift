// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import MartletEvidence
package import MartletGate
package import MartletRegistry

extension Lifecycle {
  /// Makes a policy the store's, in an environment or for what is asked for without one, and decides about every released
  /// version anew. The record says so first.
  /// - Returns: what became of the versions that were released before.
  /// - Throws: ``StoreError/policy(_:)`` when the policy is not for that environment.
  package func setPolicy(
    _ policy: Policy, in environment: String? = nil, by principal: String = Record.localPrincipal
  ) throws -> [Reevaluation] {
    // A server that runs may be quicker: what it takes back is told here as well.
    let released = try releasedVersions()
    try Self.check(policy, isFor: environment)
    let now = Date()
    let fact = PolicyFact(at: now, environment: environment ?? "", policy: policy.name, text: policy.text)
    let evidence = store.evidence(fact, about: policy.digest, named: policy.name)
    let place = environment.map { " in \($0)" } ?? ""
    let record = Record(
      "policy.set", outcome: "set", by: principal, digest: policy.digest, evidence: [evidence.id],
      reason: "the policy \(policy.name)\(place)", at: now)
    try store.write(record) {
      try store.registry.keepPolicy(policy.text, digest: policy.digest)
      try store.registry.add(
        StoredPolicySetting(
          environment: fact.environment, policy: policy.digest, envelope: evidence.envelope, setAt: now))
    }
    return try released.map { try reevaluate($0, at: Date(), by: principal) }
  }

  /// The policy that holds in an environment: the one that was set, otherwise the built-in one.
  package func policy(in environment: String? = nil) throws -> Policy {
    try store.policy(setFor: environment) ?? .standard
  }

  /// The policy for a run: the one that was chosen, where the store has none of its own.
  /// - Throws: ``StoreError/policy(_:)`` when the store has another one: a release by a policy that does not hold would be
  ///   taken back at once.
  func policy(chosen: Policy?, in environment: String?) throws -> Policy {
    let set = try store.policy(setFor: environment)
    guard let chosen else { return set ?? .standard }
    guard let set, set.digest != chosen.digest else { return chosen }
    throw StoreError.policy(
      "expected the store's policy \(set.name) (\(set.digest.short)), found \(chosen.name) (\(chosen.digest.short)): leave "
        + "--policy out, or make it the store's with `martlet policy set`")
  }

  /// What a policy would say about the newest version of a model now, for its release and for its going on to answer.
  /// Nothing is written.
  /// - Throws: ``StoreError/policy(_:)`` for a model that the store does not have.
  package func explain(
    _ policy: Policy, model: String, in environment: String? = nil, at now: Date = Date()
  ) throws -> (version: ModelVersion, decisions: [Decision]) {
    guard let version = try store.registry.versions(of: model).first else {
      throw StoreError.policy("expected a model of this store, found `\(model)`, of which it has no version")
    }
    return (version, try explain(policy, version, in: environment, at: now))
  }

  /// What a policy would say about a version now, for its release and for its going on to answer. Nothing is written.
  package func explain(
    _ policy: Policy, _ version: ModelVersion, in environment: String? = nil, at now: Date = Date()
  ) throws -> [Decision] {
    let believed = try believed(about: version.digest).evidence
    let last = believed.newest(DecisionFact.name)?.fact(DecisionFact.self)?.decision
    let envelopes = try store.registry.evidence(about: version.digest).map(\.envelope)
    return try [Policy.Transition.release, .serve].map { step in
      Gate(trusting: [store.evidenceVerifier]).decide(
        policy, about: version.digest, evidence: envelopes, at: now,
        try store.circumstances(
          step, of: version.model, in: environment ?? last?.environment,
          submittedBy: version.submitter ?? last?.submitter))
    }
  }

  private static func check(_ policy: Policy, isFor environment: String?) throws {
    guard !policy.environments.isEmpty else { return }
    guard let environment, policy.environments.contains(environment) else {
      throw StoreError.policy(
        "expected one of the environments \(policy.environments.joined(separator: ", ")) of the policy \(policy.name), found "
          + "\(environment ?? "none"): name it with --environment")
    }
  }
}
