// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import Logging
import MartletAccess
import MartletBytes
import MartletInference
import MartletLifecycle
import MartletRuntime
import NIOCore
import NIOPosix

/// The Open Inference Protocol v2 over REST.
struct InferenceRoutes: Sendable {
  let host: ModelHost
  let recorder: Recorder

  /// Bytes of one request's body.
  static let longestBody = 64 << 20
  /// Elements of all tensors of one request.
  static let mostElements = 16 << 20

  /// What anybody may ask: whether the server is up. It says nothing else.
  func addHealth(to router: Router<DoorContext>) {
    router.get("v2/health/live") { _, _ in HTTPResponse.Status.ok }
    router.get("v2/health/ready") { _, _ in
      if recorder.isFailing { throw Refusal.unavailable }
      return HTTPResponse.Status.ok
    }
  }

  /// What needs a key.
  func add(to group: RouterGroup<DoorContext>) {
    group.get("v2") { _, _ in
      JSONAnswer(ServerMetadata(name: "martlet", version: MartletVersion.text, extensions: []))
    }
    for prefix in ["v2/models/{model}", "v2/models/{model}/versions/{version}"] {
      group.get("\(prefix)") { _, context in
        JSONAnswer(try await model(context, .view).metadata)
      }
      group.get("\(prefix)/ready") { _, context in
        _ = try await model(context, .view)
        return Response(status: .ok)
      }
      group.post("\(prefix)/infer") { request, context in
        try await infer(request, context)
      }
    }
  }

  /// Asks for access first and looks for the model then, so that who has no right does not learn what exists.
  private func model(_ context: DoorContext, _ action: Action) async throws -> HostedModel {
    guard let name = context.parameters.get("model") else { throw Refusal.notFound }
    try context.require(action, .model(name), recorder: recorder)
    var version: Int?
    if let text = context.parameters.get("version") {
      guard let number = Int(text), number > 0 else { throw Refusal.notFound }
      version = number
    }
    return try await onThread { [version] in try host.model(name, version: version) }
  }

  private func infer(_ request: Request, _ context: DoorContext) async throws -> Response {
    let model = try await model(context, .predict)
    // Who announces too much need not send it.
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Self.longestBody {
      throw Refusal.tooLarge
    }
    let body: ByteBuffer
    do { body = try await request.body.collect(upTo: Self.longestBody) } catch is NIOTooManyBytesError {
      throw Refusal.tooLarge
    }
    let bytes = Bytes(body.readableBytesView)
    let answer = try await onThread { () throws -> [UInt8] in
      do {
        let question = try InferenceRequest(json: bytes.span, limit: Self.mostElements)
        return try model.answer(question).json()
      } catch let error as InferenceError {
        throw Refusal.malformed("\(error)")
      } catch let error as RuntimeError {
        throw Refusal(error, logger: context.logger)
      }
    }
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: answer)))
  }

  /// Runs what takes long or waits for the disk away from the threads that serve connections.
  private func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value
  {
    try await NIOThreadPool.singleton.runIfActive(body)
  }
}

extension Refusal {
  /// What the model says about the asker's tensors is the asker's business; how it fails inside is not.
  fileprivate init(_ error: RuntimeError, logger: Logger) {
    switch error {
    case .unknownInput, .missingInput, .repeatedInput, .wrongType, .wrongShape, .unknownOutput,
      .unsupportedOutput:
      self = .malformed("\(error)")
    default:
      logger.error("inference failed", metadata: ["reason": "\(error)"])
      self = .malformed("the model cannot answer this input")
    }
  }
}

/// `GET /v2`.
private struct ServerMetadata: Codable, Sendable {
  let name: String
  let version: String
  let extensions: [String]
}

/// A value as a JSON body.
struct JSONAnswer<Value: Encodable & Sendable>: ResponseGenerator, Sendable {
  let value: Value

  init(_ value: Value) {
    self.value = value
  }

  func response(from request: Request, context: some RequestContext) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
  }
}
