// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess

/// Stands in front of every answer of one version of a model.
///
///     try sentry.allow(asker, at: now)                     // is somebody held, or has nothing left?
///     try sentry.admit(asker, rows: 1, at: now)            // rate and budget, once the question was read
///     try sentry.calibration?.profile.check(values.span)   // what the model would be asked
///     // the model answers
///     let judgement = sentry.judge(asker, inputs: …, layer: …, scores: …, rows: 1, at: now)
///     sentry.shape(&scores, classes: 10, inputs: …, by: judgement.response)
///
/// Safe to call from any thread: parties are spread over shards with a lock each, held for about a microsecond. The time is
/// the caller's, so that a test needs no clock.
package final class Guard: Sendable {
  /// Nil for a model that nobody has calibrated a guard for: nothing is detected and no input held against a profile, and the rest
  /// is as ever.
  package let calibration: GuardCalibration?
  package let policy: GuardPolicy
  package let watermark: AnswerWatermark?
  package let book: GuardBook
  private let bets: BetTable

  /// - Parameters:
  ///   - watermark: for askers whose response policy wants one.
  ///   - book: what is remembered of who asks the model, whichever version.
  /// - Throws: ``GuardError/badDocument(kind:place:reason:)`` for a policy that cannot be.
  package init(
    _ calibration: GuardCalibration?, policy: GuardPolicy = GuardPolicy(), watermark: AnswerWatermark? = nil,
    book: GuardBook = GuardBook()
  ) throws(GuardError) {
    try policy.check()
    (self.calibration, self.policy, self.watermark, self.book) = (calibration, policy, watermark, book)
    bets = calibration?.bets ?? BetTable([:], slack: 0)
    book.open(by: calibration, policy)
  }

  /// Decides whether somebody may ask at all now, before the question is read. Counts nothing.
  /// - Throws: ``GuardRefusal``.
  package func allow(_ asker: Asker, at date: Date) throws(GuardRefusal) {
    let time = date.timeIntervalSinceReferenceDate
    for party in asker.parties {
      let found: GuardRefusal? = book.shard(party).with(party, at: time) { watched in
        refusal(of: party, watched, rows: 1, at: time)
      }
      if let found { throw found }
    }
  }

  private func refusal(
    of party: GuardedParty, _ watched: WatchedParty, rows: Int, at time: Double
  ) -> GuardRefusal? {
    if watched.rung(policy, party.kind) == .hold { return .held(party) }
    if let rate = policy.rate[party.kind] {
      let wait = watched.allowance.wait(for: rows, at: time, rate)
      if wait > 0 { return .rate(party, wait: wait) }
    }
    if let budget = policy.budget[party.kind],
      let wait = watched.allowance.refusal(of: rows, at: time, budget)
    {
      return .budget(party, wait: wait)
    }
    return nil
  }

  /// Counts a question that could not be read against the rate.
  package func charge(_ asker: Asker, at date: Date) {
    let time = date.timeIntervalSinceReferenceDate
    for party in asker.parties {
      guard let rate = policy.rate[party.kind] else { continue }
      book.shard(party).with(party, at: time) { $0.allowance.charge(at: time, rate) }
    }
  }

  /// Decides whether a question may be put to the model, and counts it when it may.
  ///
  /// Of several refusals the first is that of the key. Nothing is counted for anybody when one party is refused.
  /// - Parameter rows: how many queries are in the question.
  /// - Throws: ``GuardRefusal``.
  package func admit(_ asker: Asker, rows: Int, at date: Date) throws(GuardRefusal) {
    let time = date.timeIntervalSinceReferenceDate
    for (place, party) in asker.parties.enumerated() {
      // Looked at and taken behind one lock: of many questions at once no more get through than there is room for.
      let found = book.shard(party).with(party, at: time) { watched -> GuardRefusal? in
        if let refusal = refusal(of: party, watched, rows: rows, at: time) { return refusal }
        watched.allowance.take(rows, at: time, policy.rate[party.kind], policy.budget[party.kind])
        return nil
      }
      guard let found else { continue }
      for other in asker.parties[..<place] {
        book.shard(other).with(other, at: time) { $0.allowance.giveBack(rows) }
      }
      throw found
    }
  }

  /// What is to be done with an answer.
  package struct Judgement: Sendable {
    package let response: ResponsePolicy
    /// Who has just been flagged, or flagged as worse. For the record, and for whoever is on duty.
    package let news: [GuardFlag]
  }

  /// Looks at the queries of a question that the model has answered.
  /// - Parameters:
  ///   - inputs: [N, D], empty when the input is not of numbers.
  ///   - layer: [N, H], the tensor ``GuardCalibration/layer``; empty when the model did not give it.
  ///   - scores: [N, K], the output before it is shaped; empty when there is none.
  package func judge(
    _ asker: Asker, inputs: Span<Float>, layer: Span<Float>, scores: Span<Float>, rows: Int, at date: Date
  ) -> Judgement {
    guard rows > 0 else { return Judgement(response: asker.response.and(policy.response), news: []) }
    func row(_ table: Span<Float>, _ row: Int) -> Range<Int> {
      let width = table.count / rows
      return row * width..<(row + 1) * width
    }
    let marks = (0..<rows).map { place in
      calibration?.marks(
        input: inputs.extracting(row(inputs, place)), layer: layer.extracting(row(layer, place)),
        scores: scores.extracting(row(scores, place))) ?? QueryMarks()
    }
    let time = date.timeIntervalSinceReferenceDate
    let isDrifting = book.isDrifting
    var response = asker.response.and(policy.response)
    var news: [GuardFlag] = []
    for party in asker.parties {
      book.shard(party).with(party, at: time, isKept: true) { watched in
        let before = (watched.process.queries, watched.flaggedAt)
        if calibration != nil, watched.see(marks, bets, policy, party.kind, isDrifting: isDrifting) {
          news.append(GuardFlag(party, watched, calibration?.channels ?? [], policy))
        }
        if party.kind == .tenant { book.count(before, watched) }
        if watched.rung(policy, party.kind) >= .coarsen { response = response.and(policy.coarse) }
      }
    }
    return Judgement(response: response, news: news)
  }

  /// Shapes an answer.
  /// - Parameters:
  ///   - scores: [N, K], changed in place.
  ///   - inputs: [N, D], for the watermark.
  /// - Returns: how many answers the watermark changed.
  @discardableResult
  package func shape(
    _ scores: inout [Float], classes: Int, inputs: Span<Float>, by response: ResponsePolicy
  ) -> Int {
    let areLogits = calibration?.areLogits ?? !GuardCalibration.areProbabilities(scores, classes: classes)

    let changed =
      response.watermark ? watermark?.apply(to: &scores, classes: classes, inputs: inputs) ?? 0 : 0
    response.shape(&scores, classes: classes, areLogits: areLogits)
    return changed
  }

  /// Everybody who is flagged, the most evidence first.
  package func flags() -> [GuardFlag] { book.standings(at: .distantPast).compactMap(\.flag) }
}
