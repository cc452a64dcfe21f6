// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
package import MartletEvidence
package import MartletGate
import MartletMaterials
package import MartletRegistry

/// All that is known about one digest under one name, from evidence that is believed. What the database says beside it
/// counts only where the evidence agrees.
package struct Dossier: Sendable {
  /// A fact, with the digest of the evidence that swears to it.
  package struct Sworn<Fact: EvidencePredicate>: Sendable {
    package let fact: Fact
    package let evidence: Digest
  }

  package let model: String
  package let digest: Digest
  /// `nil` for an artifact that was refused at admission and never became a version.
  package let version: ModelVersion?
  /// Everything that is believed about the digest, the oldest first.
  package let evidence: [BelievedEvidence]
  /// How many stored pieces are not believed. None should be: somebody wrote them past Martlet.
  package let disbelieved: Int

  // The newest of each kind, as for the gate.
  package let scan: Sworn<ScanFact>?
  package let signature: Sworn<SignatureFact>?
  package let seal: Sworn<SealFact>?
  package let robustness: Sworn<RobustnessFact>?
  package let corruptions: Sworn<CorruptionFact>?
  package let privacy: Sworn<PrivacyFact>?
  package let integrity: Sworn<IntegrityFact>?
  package let backdoor: Sworn<BackdoorFact>?
  package let theft: Sworn<TheftFact>?
  package let data: Sworn<DataFact>?
  package let decision: Sworn<DecisionFact>?

  init(
    model: String, digest: Digest, version: ModelVersion?, evidence: [BelievedEvidence], disbelieved: Int
  ) {
    self.model = model
    self.digest = digest
    self.version = version
    self.evidence = evidence
    self.disbelieved = disbelieved
    scan = Self.newest(evidence)
    signature = Self.newest(evidence)
    seal = Self.newest(evidence)
    robustness = Self.newest(evidence)
    corruptions = Self.newest(evidence)
    privacy = Self.newest(evidence)
    integrity = Self.newest(evidence)
    backdoor = Self.newest(evidence)
    theft = Self.newest(evidence)
    data = Self.newest(evidence)
    decision = Self.newest(evidence)
  }

  private static func newest<Fact>(_ evidence: [BelievedEvidence]) -> Sworn<Fact>? {
    guard let newest = evidence.newest(Fact.name), let fact = newest.fact(Fact.self) else { return nil }
    return Sworn(fact: fact, evidence: newest.id)
  }
}

extension Dossier {
  /// That a released version no longer satisfies its policy and goes on answering for the time being; `nil` when nothing of the
  /// kind was noticed since the last decision.
  package var violation: ViolationFact? {
    guard let place = evidence.lastIndex(where: { $0.name == ViolationFact.name }),
      place > evidence.lastIndex(where: { $0.name == DecisionFact.name }) ?? -1
    else { return nil }
    return evidence[place].fact(ViolationFact.self)
  }

  /// The newest bill of materials (CycloneDX).
  package var billOfMaterials: BelievedEvidence? { evidence.newest(BillOfMaterials.predicateType) }
}

extension [BelievedEvidence] {
  /// The newest piece of one kind. Of pieces of the same second the last written counts.
  func newest(_ name: String) -> BelievedEvidence? {
    var newest: BelievedEvidence?
    for piece in self where piece.name == name {
      if let known = newest, known.at > piece.at { continue }
      newest = piece
    }
    return newest
  }
}

extension Lifecycle {
  /// Every version of every model that `asker` may view, by model, the newest first.
  package func dossiers(for asker: Authenticated) throws -> [Dossier] {
    try store.registry.versions().filter { asker.may(.view, .model($0.model)).allowed }.map(dossier)
  }

  /// Every version of a model, the newest first.
  package func dossiers(of model: String) throws -> [Dossier] {
    try store.registry.versions(of: model).map(dossier)
  }

  /// One version; `nil` when there is none.
  package func dossier(_ model: String, _ number: Int) throws -> Dossier? {
    try store.registry.versions(of: model).first { $0.number == number }.map(dossier)
  }

  /// What was refused at admission, as far as `asker` may view the models it was offered as; the newest first.
  package func refused(for asker: Authenticated) throws -> [Dossier] {
    try store.registry.subjectsWithoutVersion(limit: Self.mostRefused).flatMap { digest in
      let (believed, strange) = try believed(about: digest)
      return Set(believed.map(\.subject)).sorted().filter { asker.may(.view, .model($0)).allowed }.map {
        Dossier(model: $0, digest: digest, version: nil, evidence: believed, disbelieved: strange)
      }
    }
  }

  /// What was refused under this name and digest; `nil` when nothing was.
  package func refused(_ model: String, _ digest: Digest) throws -> Dossier? {
    guard try !store.registry.versions(of: model).contains(where: { $0.digest == digest }) else { return nil }
    let (believed, strange) = try believed(about: digest)
    guard believed.contains(where: { $0.subject == model }) else { return nil }
    return Dossier(model: model, digest: digest, version: nil, evidence: believed, disbelieved: strange)
  }

  /// Older refusals are in the log.
  private static let mostRefused = 200

  private func dossier(_ version: ModelVersion) throws -> Dossier {
    let (believed, strange) = try believed(about: version.digest)
    return Dossier(
      model: version.model, digest: version.digest, version: version, evidence: believed, disbelieved: strange
    )
  }

  func believed(about digest: Digest) throws -> (evidence: [BelievedEvidence], strange: Int) {
    let gate = Gate(trusting: [store.evidenceVerifier])
    let stored = try store.registry.evidence(about: digest)
    let believed = stored.compactMap { gate.believe($0.envelope, about: digest) }
    return (believed, stored.count - believed.count)
  }
}
