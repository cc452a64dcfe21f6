// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import MartletBytes
package import MartletEvidence
package import MartletFormats

/// The answer of the gate, with a sentence for every rule.
package struct Decision: Codable, Sendable, Equatable {
  package struct Reason: Codable, Sendable, Equatable {
    /// The requirement as the policy has it.
    package let rule: String
    package let satisfied: Bool
    /// What was expected, what was found, and what to do.
    package let text: String

    package init(rule: String, satisfied: Bool, text: String) {
      self.rule = rule
      self.satisfied = satisfied
      self.text = text
    }
  }

  package let released: Bool
  package let reasons: [Reason]
  /// The policy's name and digest.
  package let policy: String
  package let policyDigest: Digest
  /// The evidence that was looked at.
  package let evidence: [Digest]

  package init(released: Bool, reasons: [Reason], policy: Policy, evidence: [Digest]) {
    self.released = released
    self.reasons = reasons
    self.policy = policy.name
    policyDigest = policy.digest
    self.evidence = evidence
  }
}

/// Evaluates a policy over evidence. It believes only evidence that is signed by a trusted key and speaks about the very
/// digest that is to be released; everything else counts as missing, and what is missing means no.
package struct Gate: Sendable {
  private let trusted: [EvidenceVerifier]

  package init(trusting trusted: [EvidenceVerifier]) {
    self.trusted = trusted
  }

  /// Decides whether `digest` may be released.
  /// - Parameters:
  ///   - evidence: everything the store has about it. Of each kind the newest believed piece counts.
  ///   - time: against which the age of evidence is measured.
  package func decide(
    _ policy: Policy, about digest: Digest, evidence: [Envelope], at time: Date
  ) -> Decision {
    var newest: [String: BelievedEvidence] = [:]
    for envelope in evidence {
      guard let believed = believe(envelope, about: digest) else { continue }
      if let known = newest[believed.name], known.at > believed.at { continue }
      newest[believed.name] = believed
    }
    let reasons = policy.release.map { Self.judge($0, newest[$0.require.evidence], at: time) }
    return Decision(
      released: reasons.allSatisfy(\.satisfied), reasons: reasons, policy: policy,
      evidence: newest.values.map(\.id).sorted { $0.hex < $1.hex })
  }

  /// Opens one envelope; `nil` when there is any reason not to believe it.
  package func believe(_ envelope: Envelope, about digest: Digest) -> BelievedEvidence? {
    for verifier in trusted {
      guard let payload = try? verifier.open(envelope) else { continue }
      return BelievedEvidence(payload: payload, id: envelope.digest, about: digest)
    }
    return nil
  }

  private static func judge(
    _ rule: Policy.Rule, _ evidence: BelievedEvidence?, at time: Date
  ) -> Decision.Reason {
    let requirement = rule.require
    func reason(_ satisfied: Bool, _ text: String) -> Decision.Reason {
      let because = !satisfied && rule.because != nil ? ". The rule is there because \(rule.because!)" : ""
      return Decision.Reason(rule: requirement.text, satisfied: satisfied, text: text + because)
    }
    guard let evidence else {
      return reason(
        false, "there is no trusted evidence of the kind \(requirement.evidence) about this digest")
    }
    if let maximumAge = rule.maximumAge, time.timeIntervalSince(evidence.at) > maximumAge {
      return reason(
        false,
        "the \(requirement.evidence) evidence is from \(evidence.at.formatted(.iso8601)), too old: produce it anew"
      )
    }
    // As the policy writes it, so that the reader finds it there.
    let place = requirement.text.prefix { $0 != " " }
    guard let found = requirement.value(in: evidence.predicate) else {
      let note = evidence.predicate["reason"]?.string.map { ": \($0)" } ?? ""
      return reason(false, "the evidence says nothing of \(place)\(note)")
    }
    let satisfied = requirement.holds(for: found)
    return reason(
      satisfied,
      "\(place) is \(Self.wording(found))" + (satisfied ? "" : ", and \(requirement.text) is required"))
  }

  private static func wording(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value):
      value.formatted(.number.precision(.fractionLength(0...4)).locale(Locale(identifier: "en_US_POSIX")))
    case .string(let text): text
    case .array(let values): "a list of \(values.count)"
    case .object: "an object"
    }
  }
}

/// A statement whose signature, subject and type were checked.
package struct BelievedEvidence: Sendable {
  package let id: Digest
  /// Such as `scan`; for a statement of a type that is not Martlet's, its type.
  package let name: String
  /// What the statement calls the digest it is about.
  package let subject: String
  package let at: Date
  package let predicate: JSONValue
  private let payload: [UInt8]

  fileprivate init?(payload: [UInt8], id: Digest, about digest: Digest) {
    guard let statement = try? JSONReader.read(Bytes(payload).span),
      statement["_type"]?.string == statementType,
      let subjects = statement["subject"]?.array, subjects.count == 1,
      subjects[0]["digest"]?["sha256"]?.string == digest.hex,
      let subject = subjects[0]["name"]?.string,
      let type = statement["predicateType"]?.string,
      let predicate = statement["predicate"], predicate.members != nil
    else { return nil }
    let time = predicate["at"]?.string.flatMap { try? Date($0, strategy: .iso8601) }
    if let name = evidenceName(ofPredicateType: type) {
      guard let time else { return nil }
      self.name = name
      at = time
    } else {
      // Somebody's statement, of a type that is not Martlet's: it need not say when, and is then too old for every policy.
      name = type
      at = time ?? .distantPast
    }
    self.id = id
    self.subject = subject
    self.predicate = predicate
    self.payload = payload
  }

  /// The predicate as a fact; `nil` when it is of another kind, or was written by a Martlet that said it in another way.
  package func fact<Fact: EvidencePredicate>(_ type: Fact.Type = Fact.self) -> Fact? {
    guard name == Fact.name else { return nil }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try? decoder.decode(Statement<Fact>.self, from: Data(payload)).predicate
  }
}
