// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletBytes
import MartletEncrypt
package import MartletEvidence
import MartletGate
package import MartletRegistry
package import MartletVerify

/// What came of a push.
package struct PushReport: Codable, Sendable {
  package let model: String
  package let digest: Digest
  /// Nil when it was refused.
  package let version: Int?
  package let state: VersionState?
  /// Whether the store had it already: then nothing was done.
  package let wasKnown: Bool
  /// What was looked at now.
  package let stages: [ProtectReport.Stage]
  /// Why it was refused.
  package let refusal: String?
}

/// Where a push stands.
package struct PushStatus: Codable, Sendable {
  /// Pieces of a file that have not come.
  package struct Missing: Codable, Sendable {
    /// The place in the list of the offer.
    package let file: Int
    package let pieces: [Int]
  }

  package let id: String
  /// Bytes of every piece but the last of a file.
  package let pieceSize: Int
  package let missing: [Missing]

  init(_ staging: PushStaging) throws {
    id = staging.id
    pieceSize = PushStaging.pieceSize
    missing = try staging.missing().sorted { $0.key < $1.key }.map { .init(file: $0.key, pieces: $0.value) }
  }
}

extension Lifecycle {
  /// Bytes of every piece but the last of a file.
  package static var pieceSize: Int { PushStaging.pieceSize }

  /// Scans, verifies and seals files of this machine as a new version, and goes no further: it is `admitted` then. The same files
  /// again under the same name change nothing.
  /// - Parameter path: of a file or a directory.
  /// - Throws: as ``protect(_:progress:)``.
  package func push(
    _ path: String, as model: String?, signature: String? = nil, trusting trust: MartletVerify.Trust? = nil,
    by principal: String = Record.localPrincipal
  ) throws -> PushReport {
    let order = ProtectOrder(
      path: path, name: model, signature: signature, signatureTrust: trust, principal: principal)
    return try push(ProtectRun(order, store, nil, try policy(in: nil)))
  }

  /// Begins to take files that come in pieces, or says where that stands.
  /// - Returns: a report where the store has the files already, and otherwise what has not come yet.
  /// - Throws: ``PushError``, ``RegistryDoorError/quota(_:)``.
  package func beginPush(
    _ offer: PushOffer, by principal: String
  ) throws -> (known: PushReport?, status: PushStatus?) {
    let manifest = try offer.manifest()
    if let known = try known(offer.model, manifest.root) { return (known, nil) }
    try store.checkRoom(for: offer.model, manifest)
    return (nil, try PushStatus(PushStaging(offer, by: principal, in: store.home)))
  }

  /// Keeps one piece, durably.
  /// - Throws: ``PushError``.
  package func push(_ bytes: Bytes, id: String, file: Int, piece: Int, by principal: String) throws {
    try staging(id, of: principal).keep(bytes, file: file, piece: piece, for: store.identity.recipient)
  }

  package func pushStatus(_ id: String, by principal: String) throws -> PushStatus {
    try PushStatus(staging(id, of: principal))
  }

  /// The model that a push is of, for whoever asks whether it is allowed.
  package func modelOfPush(_ id: String, by principal: String) throws -> String {
    try staging(id, of: principal).offer.model
  }

  /// Scans, verifies and seals what has come, as a new version.
  /// - Throws: ``PushError``, and as ``protect(_:progress:)``.
  package func completePush(_ id: String, by principal: String) throws -> PushReport {
    let staging = try staging(id, of: principal)
    return try staging.withTurn {
      let artifact = try staging.assemble(with: store.identity)
      let order = ProtectOrder(path: artifact.path, name: staging.offer.model, principal: principal)
      let report = try push(
        ProtectRun(
          order, store, nil, try policy(in: nil), artifact: artifact,
          signature: staging.offer.signature.map { Bytes($0) }))
      // Only now: a server that is killed before leaves what can be completed again.
      try staging.remove()
      return report
    }
  }

  package func cancelPush(_ id: String, by principal: String) throws {
    try staging(id, of: principal).remove()
  }

  private func push(_ run: ProtectRun) throws -> PushReport {
    if let known = try known(run.model, run.digest) { return known }
    try run.refuseRevoked()
    try run.checkRoom()
    var admission = try run.admit()
    guard let admitted = admission.takeModel() else {
      let refused = admission.refusal?.reasons.filter { !$0.satisfied }.map(\.text).joined(separator: "; ")
      return PushReport(
        model: run.model, digest: run.digest, version: nil, state: nil, wasKnown: false,
        stages: [admission.stage], refusal: refused ?? "it was refused")
    }
    let (sealed, stage) = try run.seal(admitted)
    let version = try store.registry.version(run.model, sealed.version)
    return PushReport(
      model: run.model, digest: run.digest, version: version.number, state: version.state, wasKnown: false,
      stages: [admission.stage, stage], refusal: nil)
  }

  private func known(_ model: String, _ digest: Digest) throws -> PushReport? {
    let version = try store.registry.versions(of: model).first {
      $0.digest == digest && $0.filesRemovedAt == nil && $0.state != .submitted
    }
    guard let version else { return nil }
    if let reason = version.state.objection(to: .released), version.state == .revoked {
      throw RegistryError.transition(model: model, number: version.number, reason: reason)
    }
    return PushReport(
      model: model, digest: digest, version: version.number, state: version.state, wasKnown: true, stages: [],
      refusal: nil)
  }

  /// Somebody else's push is none.
  private func staging(_ id: String, of principal: String) throws -> PushStaging {
    let staging = try PushStaging(id: id, in: store.home)
    guard staging.principal == principal else { throw PushError.noSuchPush }
    return staging
  }
}
