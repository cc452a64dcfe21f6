// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import HTTPTypes
import Hummingbird
import Logging
import MartletAccess
import MartletBytes
import MartletInterface
import MartletLifecycle
import MartletRegistry
import NIOCore
import NIOPosix

/// The registry over HTTP: every ``APIOperation`` below `/api/v1`.
struct APIRoutes: Sendable {
  let lifecycle: Lifecycle
  let recorder: Recorder
  let guards: any GuardDesk

  /// Bytes of a JSON body: the list of a model with many files is the longest.
  private static let longestDocument = 32 << 20

  func add(to group: RouterGroup<DoorContext>) {
    for operation in APIOperation.all {
      group.on(RouterPath("api/v1" + operation.path), method: operation.method.http) { request, context in
        try await answer(Question(operation, request, context))
      }
    }
    for (path, operations) in Dictionary(grouping: APIOperation.all, by: \.path) {
      let allowed = operations.map(\.method.http)
      let words = allowed.map(\.rawValue).sorted().joined(separator: ", ")
      for method in Self.methods where !allowed.contains(method) {
        group.on(RouterPath("api/v1" + path), method: method) { _, _ -> Response in
          throw Refusal(
            status: .methodNotAllowed, message: "expected \(words) here, found \(method.rawValue)",
            headers: [.allow: words])
        }
      }
    }
  }

  /// Those of RFC 9110, PATCH and QUERY. Others are answered as what is not there.
  private static let methods: [HTTPRequest.Method] =
    [.get, .head, .put, .post, .patch, .delete, .options, .trace]
    + [HTTPRequest.Method(rawValue: "QUERY")].compactMap { $0 }

  /// Asks for access where the address alone says what it is about, and goes where the operation is done.
  private func answer(_ question: Question) async throws -> Response {
    let operation = question.operation
    if let action = operation.action.flatMap(Action.init(rawValue:)), action != .submit || question.hasModel {
      let resource = question.hasModel ? Resource.model(try question.model) : .everything
      try question.context.require(action, resource, recorder: recorder)
    }
    do {
      switch operation.id {
      case .openAPI: return try await aboutAPI(question)
      case .whoAmI: return try await aboutAsker(question)
      case .listVersions, .showModel, .showVersion, .getFile, .setTags, .setLineage, .setAlias, .removeAlias:
        return try await answerAboutVersions(question)
      case .listEvidence, .addEvidence, .approve, .release, .quarantine, .retire, .revoke:
        return try await answerAboutLife(question)
      case .beginPush, .showPush, .putPiece, .completePush, .cancelPush:
        return try await answerAboutPushes(question)
      case .listPrincipals, .addPrincipal, .disablePrincipal, .enablePrincipal, .erasePrincipal, .listGrants,
        .addGrant, .removeGrant, .explainAccess:
        return try await answerAboutPrincipals(question)
      case .listKeys, .makeKey, .rotateKey, .revokeKey: return try await answerAboutKeys(question)
      case .getPolicy, .setPolicy, .listQuotas, .setQuota, .removeQuota, .listRetentions, .setRetention,
        .removeRetention:
        return try await answerAboutRoom(question)
      case .listGuarded, .showGuarded, .clearGuarded, .keepCalibration:
        return try await answerAboutGuards(question)
      case .getCheckpoint, .listEntries, .proveEntry: return try await answerAboutLog(question)
      }
    } catch {
      throw Refusal(ofRegistry: error) ?? error
    }
  }

  private func aboutAPI(_ question: Question) async throws -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: .init(
        byteBuffer: ByteBuffer(bytes: try OpenAPIDocument(version: MartletVersion.text).encoded())))
  }

  private func aboutAsker(_ question: Question) async throws -> Response {
    let asker = try question.asker
    return try .json(
      AskerDocument(
        id: asker.principal.id, name: asker.principal.name, kind: asker.principal.kind.rawValue,
        credential: asker.credential))
  }

  /// Runs what waits for the disk away from the threads that serve connections.
  func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await NIOThreadPool.singleton.runIfActive(body)
  }

  /// The body as a document.
  /// - Throws: ``Refusal`` 400 that says where it is wrong.
  func document<Value: Decodable & Sendable>(
    _ type: Value.Type, _ question: Question
  ) async throws -> Value {
    let body = try await bytes(question, atMost: Self.longestDocument)
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    do { return try decoder.decode(type, from: Data(body.readableBytesView)) } catch let error
      as DecodingError
    {
      throw Refusal.malformed(error.words)
    }
  }

  func bytes(_ question: Question, atMost limit: Int) async throws -> ByteBuffer {
    // Who announces too much need not send it.
    if let length = question.request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw Refusal.tooLarge
    }
    do { return try await question.request.body.collect(upTo: limit) } catch is NIOTooManyBytesError {
      throw Refusal.tooLarge
    }
  }
}

private struct AskerDocument: Encodable {
  let id: String
  let name: String
  let kind: String
  let credential: String
}

extension APIOperation.Method {
  fileprivate var http: HTTPRequest.Method {
    switch self {
    case .get: .get
    case .put: .put
    case .post: .post
    case .patch: .patch
    case .delete: .delete
    }
  }
}

extension Response {
  /// A document, dates in the form of RFC 3339.
  static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return Response(
      status: status, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
  }

  static func text(_ bytes: [UInt8]) -> Response {
    Response(
      status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

extension DecodingError {
  /// Where the document is wrong, and nothing about the types inside.
  fileprivate var words: String {
    func place(_ context: Context, _ last: (any CodingKey)? = nil) -> String {
      let keys = context.codingPath + (last.map { [$0] } ?? [])
      let path = keys.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
      return path.isEmpty ? "the document" : "`\(path.prefix(120))`"
    }
    switch self {
    case .keyNotFound(let key, let context): return "expected \(place(context, key)), found none"
    case .valueNotFound(_, let context), .typeMismatch(_, let context):
      return "\(place(context)) has a value of another kind than the description of the API says"
    case .dataCorrupted(let context) where context.codingPath.isEmpty: return "the body is not JSON"
    case .dataCorrupted(let context): return "\(place(context)) has a value that cannot be"
    @unknown default: return "the body is malformed"
    }
  }
}
