// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletEvidence
import MartletFormats
import MartletGate
import MartletInterface
import MartletLifecycle
import MartletRegistry

extension APIRoutes {
  func answerAboutLife(_ question: Question) async throws -> Response {
    let lifecycle = lifecycle
    let name = try question.version
    let principal = try question.principal
    switch question.operation.id {
    case .listEvidence:
      return try .json(
        await onThread {
          try lifecycle.store.registry.evidence(about: lifecycle.version(name).digest).map(\.envelope)
        })
    case .addEvidence:
      let body = try await bytes(question, atMost: Self.longestPredicate)
      let wanted = try AttestationDocument(Array(body.readableBytesView))
      let envelope = try await onThread { () throws -> Envelope in
        let version = try lifecycle.version(name)
        let attestation = try Attestation(
          about: version.digest, named: version.model, type: wanted.predicateType,
          predicate: wanted.predicate)
        return try lifecycle.attest(attestation, requiresStore: true, by: principal).envelope
      }
      return try .json(envelope, status: .created)
    case .approve:
      let place = try await document(WhereDocument.self, question)
      let version = try await onThread { try lifecycle.version(name) }
      // Nobody agrees to what they offered themselves.
      try question.context.require(
        .approve, .model(version.model), submitter: version.submitter, recorder: recorder)
      let exact = try VersionName("\(version.model):\(version.number)")
      let approval = try await onThread {
        try lifecycle.approve(exact, in: place.environment, by: principal).approval
      }
      return try .json(approval, status: .created)
    case .release:
      let place = try await document(WhereDocument.self, question)
      return try .json(
        await onThread { try lifecycle.release(name, in: place.environment, by: principal) })
    case .quarantine: return try await change(question, .quarantine)
    case .retire: return try await change(question, .retire)
    case .revoke: return try await change(question, .revoke)
    default: throw Refusal.notFound
    }
  }

  private func change(_ question: Question, _ change: Lifecycle.StateChange) async throws -> Response {
    let lifecycle = lifecycle
    let name = try question.version
    let principal = try question.principal
    let reason = try await document(WhyDocument.self, question).reason
    let changed = try await onThread { () throws -> VersionName in
      let version = try lifecycle.change(name, change, reason: reason, by: principal)
      return try VersionName("\(version.model):\(version.number)")
    }
    return try await summary(of: changed)
  }

  /// Bytes, with what stands around the predicate.
  private static let longestPredicate = 5 << 20
}

/// In which environment.
private struct WhereDocument: Decodable {
  let environment: String?

  enum CodingKeys: CodingKey { case environment }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    environment = try container.decodeIfPresent(String.self, forKey: .environment)
    guard environment.map({ $0.unicodeScalars.count <= 64 }) != false else {
      throw DecodingError.dataCorruptedError(
        forKey: .environment, in: container, debugDescription: "longer than 64 characters")
    }
  }
}

private struct WhyDocument: Decodable { let reason: String }

/// The predicate is signed as it came: read by our own reader, and cut out of the body.
private struct AttestationDocument {
  var predicateType: String
  var predicate: [UInt8]

  init(_ body: [UInt8]) throws(Refusal) {
    var type: String?
    var place: Range<Int>?
    do throws(JSONError) {
      var reader = JSONReader(body.span)
      try reader.eachMember { reader, name throws(JSONError) in
        switch name {
        case "predicateType": type = try reader.string()
        case "predicate": place = try reader.skipValue()
        default: _ = try reader.skipValue()
        }
      }
      try reader.end()
    } catch { throw .malformed("\(error)") }
    guard let type, let place else { throw .malformed("expected `predicateType` and `predicate`") }
    predicateType = type
    predicate = Array(body[place])
  }
}
