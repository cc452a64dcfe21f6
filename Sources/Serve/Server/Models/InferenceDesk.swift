// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import Logging
import MartletAccess
import MartletInference
import MartletLifecycle
import MartletRuntime

/// Answers questions to models for whoever is at the door, whatever the transport.
struct InferenceDesk: Sendable {
  let host: ModelHost
  let recorder: Recorder
  let logger: Logger

  /// Lets the asker in, if that can be said without waiting for anything; `nil` when ``admit(_:_:_:)`` has to.
  ///
  /// Access is decided first and the model looked for then, so that who has no right does not learn what exists.
  func admitFromMemory(_ asker: Authenticated, _ address: ModelAddress, trace: TraceContext?) throws(Refusal)
    -> HostedModel?
  {
    guard let model = host.known(address.model, version: address.version) else { return nil }
    try asker.require(.predict, .model(address.model), recorder: recorder, trace: trace)
    return model
  }

  /// - Throws: ``Refusal``, and what loading a model throws.
  func admit(_ asker: Authenticated, _ address: ModelAddress, trace: TraceContext?) throws -> HostedModel {
    try asker.require(.predict, .model(address.model), recorder: recorder, trace: trace)
    return try host.model(address.model, version: address.version)
  }

  /// Reads a question. The model was entered.
  func read(_ body: Span<UInt8>, _ form: QuestionForm, for model: HostedModel) throws(Refusal)
    -> InferenceRequest
  {
    do throws(InferenceError) {
      return try form.read(body, for: model, elements: model.settings.elements)
    } catch {
      throw .malformed("\(error)")
    }
  }

  /// Reads a question and answers it, on this thread. The model was entered.
  func answer(_ body: Span<UInt8>, _ form: QuestionForm, by model: HostedModel) throws(Refusal) -> AnswerBody
  {
    let request = try read(body, form, for: model)
    do throws(RuntimeError) { return try model.answer(request).body(for: request) } catch {
      throw refusal(error)
    }
  }

  /// Puts a question to the model together with others. `done` is called on another thread.
  func answer(
    _ request: InferenceRequest, with batcher: Batcher, of model: HostedModel,
    _ done: @escaping @Sendable (Result<AnswerBody, Refusal>) -> Void
  ) {
    batcher.submit(request) { result in
      do throws(RuntimeError) {
        done(.success(try model.response(to: request, try result.get()).body(for: request)))
      } catch {
        done(.failure(refusal(error)))
      }
    }
  }

  /// What the model says about the asker's tensors is the asker's business; how it fails inside is not.
  private func refusal(_ error: RuntimeError) -> Refusal {
    switch error {
    case .unknownInput, .missingInput, .repeatedInput, .wrongType, .wrongShape, .unknownOutput,
      .unsupportedOutput:
      return .malformed("\(error)")
    default:
      logger.error("inference failed", metadata: ["reason": "\(error)"])
      return .malformed("the model cannot answer this input")
    }
  }
}

/// Which model a path asks for: `/v2/models/{model}[/versions/{version}]/infer`.
struct ModelAddress: Equatable, Sendable {
  let model: String
  let version: Int?
}
