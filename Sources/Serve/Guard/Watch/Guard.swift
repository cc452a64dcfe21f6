// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import MartletBytes
import Synchronization

/// Stands in front of every answer of one model.
///
///     try sentry.admit(asker, rows: 1, at: now)            // rate, budget, whether somebody is held
///     try sentry.calibration.profile.check(values.span)    // what the model would be asked
///     // the model answers
///     let judgement = sentry.judge(asker, inputs: …, layer: …, scores: …, rows: 1, at: now)
///     sentry.shape(&scores, classes: 10, inputs: …, by: judgement)
///
/// Safe to call from any thread: parties are spread over shards with a lock each, held for well under a microsecond. The time is
/// the caller's, so that a test needs no clock.
package final class Guard: Sendable {
  package let calibration: GuardCalibration
  package let policy: GuardPolicy
  package let watermark: AnswerWatermark?
  let shards: [GuardShard]
  /// Tenants that asked often enough to tell, and those of them that are flagged.
  private let tenants = Mutex((known: 0, flagged: 0))

  /// - Parameters:
  ///   - watermark: for askers whose response policy wants one.
  ///   - state: what was remembered before (``encoded(at:)``).
  package init(
    _ calibration: GuardCalibration, policy: GuardPolicy = GuardPolicy(), watermark: AnswerWatermark? = nil,
    state: GuardState? = nil
  ) throws(GuardError) {
    try policy.check()
    (self.calibration, self.policy, self.watermark) = (calibration, policy, watermark)
    shards = (0..<Self.shardCount).map { _ in GuardShard() }
    if let state { restore(state) }
  }

  private static let shardCount = 16
  /// Queries after which a tenant counts for whether there is drift.
  static let tellingQueries: UInt32 = 50
  /// How many tenants there must be to tell drift from an attack by them, and which part of them is flagged then.
  private static let tellingTenants = 5
  private static let driftShare = 0.2

  func shard(_ party: GuardedParty) -> GuardShard {
    shards[Int(UInt(bitPattern: party.hashValue) % UInt(Self.shardCount))]
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
      let refusal = shard(party).with(party, at: time) { watched -> GuardRefusal? in
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
        watched.allowance.take(rows, at: time, policy.rate[party.kind], policy.budget[party.kind])
        return nil
      }
      guard let refusal else { continue }
      for other in asker.parties[..<place] {
        shard(other).with(other, at: time) { $0.allowance.giveBack(rows) }
      }
      throw refusal
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
      calibration.marks(
        input: inputs.extracting(row(inputs, place)), layer: layer.extracting(row(layer, place)),
        scores: scores.extracting(row(scores, place)))
    }
    let time = date.timeIntervalSinceReferenceDate
    let isDrifting = tenants.withLock {
      $0.known >= Self.tellingTenants && Double($0.flagged) >= Self.driftShare * Double($0.known)
    }
    var response = asker.response.and(policy.response)
    var news: [GuardFlag] = []
    for party in asker.parties {
      shard(party).with(party, at: time) { watched in
        let before = (watched.process.queries, watched.flaggedAt)
        if watched.see(marks, calibration.bets, policy, party.kind, isDrifting: isDrifting) {
          news.append(GuardFlag(party, watched, calibration, policy))
        }
        if party.kind == .tenant { count(before, watched) }
        if watched.rung(policy, party.kind) >= .coarsen { response = response.and(policy.coarse) }
      }
    }
    return Judgement(response: response, news: news)
  }

  private func count(_ before: (queries: UInt32, flaggedAt: UInt32), _ now: WatchedParty) {
    let isKnown = before.queries < Self.tellingQueries && now.process.queries >= Self.tellingQueries
    let isFlagged = before.flaggedAt == 0 && now.flaggedAt > 0
    guard isKnown || isFlagged else { return }
    tenants.withLock {
      $0.known += isKnown ? 1 : 0
      $0.flagged += isFlagged ? 1 : 0
    }
  }

  /// Shapes an answer as a judgement has it.
  /// - Parameters:
  ///   - scores: [N, K], changed in place.
  ///   - inputs: [N, D], for the watermark.
  /// - Returns: how many answers the watermark changed.
  @discardableResult
  package func shape(
    _ scores: inout [Float], classes: Int, inputs: Span<Float>, by judgement: Judgement
  ) -> Int {
    let changed =
      judgement.response.watermark
      ? watermark?.apply(to: &scores, classes: classes, inputs: inputs) ?? 0 : 0
    judgement.response.shape(&scores, classes: classes, areLogits: calibration.areLogits)
    return changed
  }

  /// Everybody who is flagged, the most evidence first.
  package func flags() -> [GuardFlag] {
    shards.flatMap { shard in
      shard.parties.withLock { parties in
        parties.filter { $0.value.flaggedAt > 0 }.map { GuardFlag($0.key, $0.value, calibration, policy) }
      }
    }.sorted { ($1.evidence, $0.party.name) < ($0.evidence, $1.party.name) }
  }

  /// What is known of one party; nil for one that never asked.
  package func standing(of party: GuardedParty) -> (flag: GuardFlag?, queries: Int, spent: Int)? {
    shard(party).parties.withLock { parties in
      parties[party].map { watched in
        (
          watched.flaggedAt > 0 ? GuardFlag(party, watched, calibration, policy) : nil,
          Int(watched.process.queries), Int(watched.allowance.spent)
        )
      }
    }
  }

  /// Lets somebody off, as an operator decides after a look: the evidence is gone, and the bound on false flags begins anew. The
  /// budget stays used.
  /// - Returns: the flag that was cleared, for the record; nil where there was none.
  @discardableResult
  package func clear(_ party: GuardedParty) -> GuardFlag? {
    shard(party).parties.withLock { parties in
      guard let watched = parties[party] else { return nil }
      let flag = watched.flaggedAt > 0 ? GuardFlag(party, watched, calibration, policy) : nil
      parties[party] = WatchedParty(
        process: ConformalProcess(), allowance: watched.allowance, at: watched.seenAt)
      if party.kind == .tenant {
        tenants.withLock {
          $0.known -= watched.process.queries >= Self.tellingQueries ? 1 : 0
          $0.flagged -= watched.flaggedAt > 0 ? 1 : 0
        }
      }
      return flag
    }
  }

  /// Puts back what was remembered.
  private func restore(_ state: GuardState) {
    let isSame = state.calibration == calibration.mark
    for (party, watched) in state.parties {
      var watched = watched
      // Evidence by other thresholds is none by these; what was spent is spent.
      if !isSame {
        watched = WatchedParty(
          process: ConformalProcess(), allowance: watched.allowance, at: watched.seenAt)
      }
      shard(party).parties.withLock { $0[party] = watched }
      if party.kind == .tenant { count((0, 0), watched) }
    }
  }
}
