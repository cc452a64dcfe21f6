// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import HTTPTypes
import Logging
import MartletGuard
import MartletLifecycle
import Synchronization

/// Says what guards do: to whoever is refused, to the record, and to whoever is on duty.
final class GuardReporter: Sendable {
  private struct Told: Hashable {
    let model: String
    let party: GuardedParty
    let what: Int
  }

  let logger: Logger
  private let recorder: Recorder
  private let metrics: ServerMetrics
  /// When something was said of somebody last: who is refused a thousand times a second is recorded once a minute.
  private let told = Mutex<[Told: Date]>([:])
  private static let quiet = 60.0
  private static let most = 10_000

  init(recorder: Recorder, metrics: ServerMetrics, logger: Logger) {
    (self.recorder, self.metrics, self.logger) = (recorder, metrics, logger)
  }

  /// What somebody is told who may not ask now, which is no more than they can see for themselves.
  func refusal(_ why: GuardRefusal, to client: Client, of model: String, at date: Date) -> Refusal {
    let (party, word, number) =
      switch why {
      case .rate(let party, _): (party, "rate", 0)
      case .budget(let party, _): (party, "budget", 1)
      case .held(let party): (party, "held", 2)
      }
    metrics.guardRefused(word)
    if isNews(Told(model: model, party: party, what: number), at: date) {
      _ = recorder.note(
        Record(
          "guard.refuse", outcome: word, by: client.principal, model: model, reason: "\(why)",
          trace: client.trace?.trace, at: date))
    }
    switch why {
    case .rate(_, let wait) where wait.isFinite:
      return Refusal(
        status: .tooManyRequests, message: "too many questions: wait before the next one",
        headers: Self.retry(after: wait))
    case .rate:
      return Refusal(
        status: .forbidden, message: "more rows in one question than may be asked at once: send fewer")
    case .budget(_, let wait) where wait.isFinite:
      return Refusal(
        status: .tooManyRequests, message: "no questions are left for now", headers: Self.retry(after: wait))
    case .budget:
      return Refusal(status: .forbidden, message: "not as many questions are left")
    case .held:
      return Refusal(
        status: .forbidden,
        message: "this model does not answer you until an operator has looked at your questions")
    }
  }

  /// That somebody was flagged, or flagged as worse.
  func note(_ flag: GuardFlag, about client: Client, of model: String, at date: Date) {
    metrics.guardFlagged("\(flag.kind)")
    let outcome = flag.rung == .none ? "log" : "\(flag.rung)"
    // Drift is nobody's doing, and has a name of its own for whoever searches the log.
    let action = flag.kind == .drift ? "guard.drift" : "guard.flag"
    _ = recorder.note(
      Record(
        action, outcome: outcome, by: client.principal, model: model, reason: "\(flag)",
        trace: client.trace?.trace, at: date))
    logger.warning("\(action)", metadata: ["model": "\(model)", "state": "\(outcome)", "reason": "\(flag)"])
  }

  /// That an input is not what the profile knows.
  func note(_ fault: InputFault, about client: Client, of model: String) {
    metrics.guardRefused("input")
    guard let party = client.asker.parties.first,
      isNews(Told(model: model, party: party, what: 3), at: Date())
    else { return }
    logger.notice(
      "an input is not what the model is for",
      metadata: ["model": "\(model)", "client": "\(party)", "reason": "\(fault)"])
  }

  /// Who is to get watermarked answers gets none that are not.
  func cannotWatermark(_ model: String) -> Refusal {
    if isNews(Told(model: model, party: GuardedParty(.key, ""), what: 4), at: Date()) {
      logger.error(
        "answers cannot be watermarked, and are not given to whoever is to get them so: the model needs a calibration, one input of numbers, and scores",
        metadata: ["model": "\(model)"])
    }
    return .unavailable
  }

  private func isNews(_ what: Told, at date: Date) -> Bool {
    told.withLock { told in
      if let last = told[what], abs(date.timeIntervalSince(last)) < Self.quiet { return false }
      if told.count >= Self.most { told = [:] }
      told[what] = date
      return true
    }
  }

  private static func retry(after wait: Double) -> HTTPFields {
    [.retryAfter: String(Int(min(wait, 1e9).rounded(.up)))]
  }
}
