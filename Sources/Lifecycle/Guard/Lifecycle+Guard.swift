// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletBytes
import MartletEncrypt
package import MartletEvidence
import MartletFiles
import MartletGate
package import MartletRegistry

/// By which calibration are those watched who ask it?
package struct GuardFact: EvidencePredicate {
  package static let name = "guard"
  package let at: Date
  /// The digest of the calibration, which the store keeps sealed.
  package let calibration: Digest
  /// How many held-out rows it is from.
  package let rows: Int
}

/// A version, and the calibration that is kept for it.
package struct KeptCalibration: Codable, Equatable, Sendable {
  package let model: String
  package let version: Int
  /// The digest of its bytes.
  package let calibration: Digest
}

extension Lifecycle {
  /// Keeps a guard's calibration beside every version with its model's digest, sealed: servers take the newest one within a second.
  /// - Returns: the versions that it is for.
  /// - Throws: ``StoreError/noVersion(_:)`` where the store has none.
  package func keepGuard(
    _ calibration: Bytes, of model: Digest, rows: Int, by principal: String = Record.localPrincipal
  ) throws -> [KeptCalibration] {
    let versions = try store.registry.versions(withDigest: model)
    guard let first = versions.first else { throw StoreError.noVersion(model) }
    let blob = try store.blobs.put(plaintext: calibration, to: [store.identity.recipient])
    let fact = GuardFact(at: Date(), calibration: blob, rows: rows)
    let evidence = store.evidence(fact, about: model, named: first.model)
    let record = Record(
      "guard.calibrate", outcome: "kept", by: principal, model: first.model, digest: model,
      evidence: [evidence.id], reason: "calibration \(blob.hex), from \(rows) rows", at: fact.at)
    try store.write(record) { try store.registry.keep([evidence]) }
    return versions.map { KeptCalibration(model: $0.model, version: $0.number, calibration: blob) }
  }

  /// The digest of the newest calibration that the store keeps for a model; nil where it has none.
  package func newestGuard(of model: Digest) throws -> Digest? {
    try store.guardFacts(about: model).last?.calibration
  }

  /// A calibration that the store keeps for a model, opened in memory; nil where it has none of the digest.
  package func keptGuard(of model: Digest, calibration digest: Digest) throws -> Bytes? {
    guard try store.guardFacts(about: model).contains(where: { $0.calibration == digest }) else { return nil }
    return try opened(digest)
  }

  private func opened(_ digest: Digest) throws -> Bytes {
    let opened = try store.blobs.open(digest, with: store.identity)
    return Bytes(unsafe opened.span.withUnsafeBufferPointer { unsafe Array($0) })
  }

  /// Records that somebody is let off, and leaves word for the server that guards the model.
  /// - Returns: the word that was left, for the server to take away.
  package func clearGuard(
    _ client: ClearedClient, of model: String, by principal: String = Record.localPrincipal
  ) throws -> GuardClearance {
    let clearance = GuardClearance(model: model, kind: client.kind.rawValue, name: client.name, at: Date())
    let why = client.reason.map { ": \($0)" } ?? ""
    let record = Record(
      "guard.clear", outcome: "cleared", by: principal, model: model,
      reason: "the \(client.kind.rawValue) \(client.name)\(why)", at: clearance.at)
    try store.write(record) { try store.registry.add(clearance) }
    return clearance
  }

  /// Takes word away that was heard.
  package func forget(_ clearance: GuardClearance) throws {
    try store.withTurn { try store.registry.remove(clearance) }
  }

  /// The key by which answers are watermarked where the settings name no other; made at the first time.
  package func watermarkKey() throws -> [UInt8] {
    let path = store.home.watermarkKey
    func read() throws -> [UInt8]? { try OwnerOnly.read(path) }
    if let known = try read() { return known }
    return try store.withTurn {
      if let known = try read() { return known }
      var random = SystemRandomNumberGenerator()
      let digits = (0..<32).map { _ in
        String(format: "%02x", UInt8.random(in: .min ... .max, using: &random))
      }
      let text = Array((digits.joined() + "\n").utf8)
      try OwnerOnly.create(path, with: text.span)
      return text
    }
  }
}

extension Store {
  /// What this store has signed about calibrations for a model, the newest last.
  fileprivate func guardFacts(about model: Digest) throws -> [GuardFact] {
    let gate = Gate(trusting: [evidenceVerifier])
    return try registry.evidence(about: model).filter { $0.name == GuardFact.name }.compactMap {
      gate.believe($0.envelope, about: model)?.fact(GuardFact.self)
    }
  }

  /// Blobs that something in the store refers to: files of versions, and calibrations of guards.
  func neededBlobs(of versions: [ModelVersion]) throws -> Set<Digest> {
    var needed = Set(versions.flatMap { $0.keptResources.map(\.digest) })
    let known = Set(versions.map(\.digest.hex))
    // Whatever anybody signed: what is needed too little is removed by `gc`. What cannot be read says nothing.
    for row in try registry.evidenceRows() where row.name == GuardFact.name && known.contains(row.subject) {
      guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(row.envelope)),
        let fact = envelope.guardFact
      else { continue }
      needed.insert(fact.calibration)
    }
    return needed
  }
}

extension Envelope {
  /// Read without being believed.
  fileprivate var guardFact: GuardFact? {
    struct Statement: Decodable { let predicate: GuardFact }
    guard let payload = Data(base64Encoded: payload) else { return nil }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try? decoder.decode(Statement.self, from: payload).predicate
  }
}
