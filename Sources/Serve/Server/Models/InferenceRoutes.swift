// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletInference
import MartletLifecycle
import NIOPosix

/// What the Open Inference Protocol v2 has over REST besides inference itself, which ``InferenceDoor`` answers.
struct InferenceRoutes: Sendable {
  let host: ModelHost
  let recorder: Recorder

  /// What anybody may ask: whether the server is up. It says nothing else.
  func addHealth(to router: Router<DoorContext>) {
    router.get("v2/health/live") { _, _ in JSONAnswer(["live": true]) }
    router.get("v2/health/ready") { _, _ in
      if recorder.isFailing { throw Refusal.unavailable }
      return JSONAnswer(["ready": true])
    }
  }

  /// What needs a credential.
  func add(to group: RouterGroup<DoorContext>) {
    group.get("v2") { _, _ in JSONAnswer(ServerMetadata(name: "martlet", version: MartletVersion.text)) }
    for prefix in ["v2/models/{model}", "v2/models/{model}/versions/{version}"] {
      group.get("\(prefix)") { _, context in
        let model = try await model(context)
        let versions =
          context.parameters.get("version") == nil
          ? try await ServerThreads.asking.runIfActive { try host.versions(of: model.name) } : [model.version]
        return JSONAnswer(model.metadata(versions: versions))
      }
      group.get("\(prefix)/ready") { _, context in
        let model = try await model(context)
        return JSONAnswer(Readiness(name: model.name, ready: true))
      }
    }
  }

  /// Asks for access first and looks for the model then, so that who has no right does not learn what exists.
  private func model(_ context: DoorContext) async throws -> HostedModel {
    guard let name = context.parameters.get("model") else { throw Refusal.notFound }
    try context.require(.view, .model(name), recorder: recorder)
    var version: Int?
    if let text = context.parameters.get("version") {
      guard let number = Int(text), number > 0 else { throw Refusal.notFound }
      version = number
    }
    return try await ServerThreads.asking.runIfActive { [version] in try host.model(name, version: version) }
  }

  private struct Readiness: Encodable, Sendable {
    let name: String
    let ready: Bool
  }
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
