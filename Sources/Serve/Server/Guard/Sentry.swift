// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Logging
import MartletAccess
import MartletGuard
import MartletInference
import MartletLifecycle
import MartletRuntime

/// Takes questions to one hosted version past its guard, and answers past it on their way out.
///
///     try sentry.allow(client)                         // before the body is read
///     let passage = try sentry.admit(request, of: client)
///     // the model runs, and gives passage.outputs
///     let outputs = try sentry.release(found, passage)
struct Sentry: Sendable {
  let model: String
  let guarding: Guard
  let reporter: GuardReporter
  /// What the model gives, without what is only for the guard.
  let outputs: OutputNames
  private let settings: GuardSettings
  /// Whether there is nothing to count: no calibration, no rate, no budget.
  private let isIdle: Bool

  /// What the outputs of a model are.
  struct OutputNames: Sendable {
    /// Those that whoever asks may get, in the model's order.
    let all: [String]
    /// The one with scores, if any.
    let scores: String?
  }

  init(
    model: String, guarding: Guard, settings: GuardSettings, outputs: OutputNames, reporter: GuardReporter
  ) {
    (self.model, self.guarding, self.reporter, self.outputs) = (model, guarding, reporter, outputs)
    self.settings = settings
    let policy = guarding.policy
    isIdle = guarding.calibration == nil && policy.rate == .init() && policy.budget == .init()
  }

  var countsNetworks: Bool { settings.countsNetworks }

  /// A question that was let in.
  struct Passage: Sendable {
    let client: Client
    let request: InferenceRequest
    let rows: Int
    /// What the answer is to have.
    let asked: [String]
    /// What the model is to give, beyond that for the guard; nil for all that it has.
    let run: [String]?
  }

  /// Refuses who is held or has nothing left, before anything is read.
  func allow(_ client: Client) throws(Refusal) {
    guard !isIdle else { return }
    let now = Date()
    do throws(GuardRefusal) { try guarding.allow(client.asker, at: now) } catch {
      throw reporter.refusal(error, to: client, of: model, at: now)
    }
  }

  /// Counts a question that could not be read.
  func charge(_ client: Client) { if !isIdle { guarding.charge(client.asker, at: Date()) } }

  /// - Throws: ``Refusal`` 429 and 403 for rate, budget and who is held, 400 for what the profile does not know.
  func admit(_ request: InferenceRequest, of client: Client) throws(Refusal) -> Passage {
    let rows = max(1, request.inputs.reduce(0) { max($0, $1.tensor.rowCount ?? 1) })
    if !isIdle {
      let now = Date()
      do throws(GuardRefusal) { try guarding.admit(client.asker, rows: rows, at: now) } catch {
        throw reporter.refusal(error, to: client, of: model, at: now)
      }
      try validate(request, of: client)
    }
    let asked = request.outputs?.map(\.name) ?? outputs.all
    if let stranger = asked.first(where: { !outputs.all.contains($0) }) {
      throw .malformed("\(RuntimeError.unknownOutput(name: stranger, known: outputs.all))")
    }
    var run = request.outputs.map { $0.map(\.name) }
    if run != nil, guarding.calibration != nil || !guarding.policy.isOpen(to: client.asker) {
      for name in [outputs.scores, guarding.calibration?.layer].compactMap({ $0 })
      where !asked.contains(name) {
        run?.append(name)
      }
    }
    return Passage(client: client, request: request, rows: rows, asked: asked, run: run)
  }

  /// The outputs as they may go out, once the guard has looked at them.
  /// - Throws: ``Refusal``.
  func release(_ found: [String: Tensor], _ passage: Passage) throws(Refusal) -> [(
    name: String, tensor: Tensor
  )] {
    if isIdle, passage.client.asker.response.changesNothing, guarding.policy.response.changesNothing {
      return passage.asked.compactMap { name in found[name].map { (name, $0) } }
    }
    let outcome: Result<[(name: String, tensor: Tensor)], Refusal>
    do throws(RuntimeError) { outcome = try judged(found, passage) } catch {
      reporter.logger.error(
        "an answer could not be shaped", metadata: ["model": "\(model)", "reason": "\(error)"])
      throw .failed
    }
    return try outcome.get()
  }

  private func judged(
    _ found: [String: Tensor], _ passage: Passage
  ) throws(RuntimeError) -> Result<[(name: String, tensor: Tensor)], Refusal> {
    let now = Date()
    let calibration = guarding.calibration
    let input = calibration.flatMap { known in
      passage.request.inputs.first { $0.name == known.input }?.tensor
    }
    let inputs = try Numbers(input)
    let layer = try Numbers(calibration?.layer.flatMap { found[$0] })
    var table: ScoreTable?
    if let name = outputs.scores, let tensor = found[name] {
      table = try ScoreTable(tensor, named: name, rows: passage.rows)
    }
    let response: ResponsePolicy
    if isIdle {
      response = passage.client.asker.response.and(guarding.policy.response)
    } else {
      let scores = table?.numbers ?? Numbers([])
      let judgement = guarding.judge(
        passage.client.asker, inputs: inputs.span, layer: layer.span, scores: scores.span,
        rows: table?.rows ?? passage.rows, at: now)
      for flag in judgement.news { reporter.note(flag, about: passage.client, of: model, at: now) }
      // What cannot be remembered is not answered either.
      guard !guarding.book.isFailing else { return .failure(.unavailable) }
      response = judgement.response
    }
    if response.changesNothing {
      return .success(passage.asked.compactMap { name in found[name].map { (name, $0) } })
    }
    return try ShapedAnswer(found, passage, table, inputs.span, response, self).outputs
  }

  private func validate(_ request: InferenceRequest, of client: Client) throws(Refusal) {
    guard guarding.policy.validation != .off, let known = guarding.calibration,
      let tensor = request.inputs.first(where: { $0.name == known.input })?.tensor
    else { return }
    guard let fault = try fault(in: tensor, known.profile) else { return }
    reporter.note(fault, about: client, of: model)
    if guarding.policy.validation == .refuse {
      throw .malformed("the input `\(known.input)` is not what this model is for: \(fault.wordsForAsker)")
    }
  }

  private func fault(in tensor: Tensor, _ profile: InputProfile) throws(Refusal) -> InputFault? {
    let numbers: Numbers
    do throws(RuntimeError) { numbers = try Numbers(tensor) } catch { throw .malformed("\(error)") }
    do throws(InputFault) {
      try profile.check(type: tensor.type.description, shape: tensor.shape)
      try profile.check(numbers.span)
    } catch { return error }
    return nil
  }
}

extension GuardPolicy {
  /// Whether somebody gets answers as the model gives them, unless they are flagged.
  func isOpen(to asker: Asker) -> Bool { asker.response.changesNothing && response.changesNothing }
}

extension InputFault {
  /// What is wrong, without saying what would be right where that is from the data.
  var wordsForAsker: String {
    switch self {
    case .wrongType, .wrongShape: "\(self)"
    case .outOfRange(let row, let element, let name, _, _, _):
      "\(name ?? "element \(element)") of row \(row) is beyond what it can be"
    case .unknownCategory(let row, let element, let name, _):
      "\(name ?? "element \(element)") of row \(row) is no category that it can be"
    }
  }
}

/// The elements of a tensor as floats: where they lie when they are, and a copy otherwise.
struct Numbers {
  private let tensor: Tensor?
  private let copy: [Float]

  init(_ copy: [Float]) { (tensor, self.copy) = (nil, copy) }

  /// - Parameter tensor: nil, and one of texts, has none.
  init(_ tensor: Tensor?) throws(RuntimeError) {
    if let tensor, tensor.type != .float32 {
      (self.tensor, copy) = (nil, try tensor.rounded)
    } else {
      (self.tensor, copy) = (tensor, [])
    }
  }

  var span: Span<Float> {
    @_lifetime(borrow self)
    get {
      guard let tensor, let span = try? tensor.float32 else { return copy.span }
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  var array: [Float] { (try? tensor?.floats) ?? copy }
}
