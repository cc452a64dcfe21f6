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

  /// Lets the asker in, if that can be said without waiting for anything; `nil` when ``admit(_:_:network:trace:)`` has to.
  ///
  /// Access is decided first and the model looked for then, so that who has no right does not learn what exists. Then the model's
  /// guard is asked.
  func admitFromMemory(
    _ asker: Authenticated, _ address: ModelAddress, network: String?, trace: TraceContext?
  ) throws(Refusal) -> Admission? {
    guard let model = host.known(address.model, version: address.version) else { return nil }
    return try admit(asker, to: model, called: address.model, network: network, trace: trace)
  }

  /// Lets the asker in to a model that was looked for without telling them whether it is there.
  /// - Parameter name: what it was asked for by.
  func admit(
    _ asker: Authenticated, to model: HostedModel, called name: String, network: @autoclosure () -> String?,
    trace: TraceContext?
  ) throws(Refusal) -> Admission {
    try asker.require(.predict, .model(name), recorder: recorder, trace: trace)
    return try allowed(asker, model, network(), trace)
  }

  /// - Throws: ``Refusal``, and what loading a model throws.
  func admit(
    _ asker: Authenticated, _ address: ModelAddress, network: String?, trace: TraceContext?
  ) throws -> Admission {
    try asker.require(.predict, .model(address.model), recorder: recorder, trace: trace)
    return try allowed(asker, try host.model(address.model, version: address.version), network, trace)
  }

  private func allowed(
    _ asker: Authenticated, _ model: HostedModel, _ network: @autoclosure () -> String?,
    _ trace: TraceContext?
  ) throws(Refusal) -> Admission {
    let client = Client(
      asker, asking: model.name, network: model.sentry.countsNetworks ? network() : nil, trace: trace)
    try model.sentry.allow(client)
    return Admission(model: model, client: client)
  }

  /// Reads a question and takes it past the guard. The model was entered.
  func read(
    _ body: Span<UInt8>, _ form: QuestionForm, for admission: Admission,
    remembering memory: inout EnvelopeMemory
  ) throws(Refusal) -> Sentry.Passage {
    let (model, client) = (admission.model, admission.client)
    let request: InferenceRequest
    do throws(InferenceError) {
      request = try form.read(body, for: model, elements: model.settings.elements, remembering: &memory)
    } catch {
      model.sentry.charge(client)
      throw .malformed("\(error)")
    }
    return try model.sentry.admit(request, of: client)
  }

  /// Reads a question and answers it, on this thread. The model was entered.
  func answer(
    _ body: Span<UInt8>, _ form: QuestionForm, by admission: Admission,
    remembering memory: inout EnvelopeMemory
  ) throws(Refusal) -> AnswerBody {
    let passage = try read(body, form, for: admission, remembering: &memory)
    let found: [String: Tensor]
    do throws(RuntimeError) {
      found = try admission.model.run(passage.request.inputs, outputs: passage.run)
    } catch {
      throw refusal(error)
    }
    return try answer(passage, found, by: admission.model)
  }

  /// Puts a question to the model together with others. `done` is called on another thread.
  func answer(
    _ passage: Sentry.Passage, with batcher: Batcher, of model: HostedModel,
    _ done: @escaping @Sendable (Result<AnswerBody, Refusal>) -> Void
  ) {
    batcher.submit(passage.request, outputs: passage.run) { result in
      do throws(Refusal) {
        switch result {
        case .success(let found): done(.success(try answer(passage, found, by: model)))
        case .failure(let error): throw refusal(error)
        }
      } catch {
        done(.failure(error))
      }
    }
  }

  /// What the guard lets out of what a model gave.
  private func answer(
    _ passage: Sentry.Passage, _ found: [String: Tensor], by model: HostedModel
  ) throws(Refusal) -> AnswerBody {
    let outputs = try model.sentry.release(found, passage)
    do throws(RuntimeError) {
      return try model.response(to: passage.request, outputs).body(for: passage.request)
    } catch {
      throw refusal(error)
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

/// Somebody who may ask a model that was found.
struct Admission: Sendable {
  let model: HostedModel
  let client: Client
}

/// Which model a path asks for: `/v2/models/{model}[/versions/{version}]/infer`.
struct ModelAddress: Equatable, Sendable {
  let model: String
  let version: Int?
}
