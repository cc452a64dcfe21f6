// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
import MartletBytes
import Testing

@testable import MartletGuard

@Suite struct ResponseTests {
  private func shaped(_ policy: ResponsePolicy, _ scores: [Float], areLogits: Bool = false) -> [Float] {
    var scores = scores
    policy.shape(&scores, classes: 4, areLogits: areLogits)
    return scores
  }

  @Test func fullAnswersStayBitForBit() {
    let scores: [Float] = [3.25, -1, 0.125, 7]
    #expect(shaped(.full, scores, areLogits: true) == scores)
  }

  @Test func labelsOnly() {
    #expect(shaped(.init(labelOnly: true), [0.2, 0.5, 0.2, 0.1]) == [0, 1, 0, 0])
    #expect(shaped(.init(labelOnly: true), [-9, -2, -1, -4], areLogits: true) == [0, 0, 1, 0])
  }

  @Test func theTopAndRounded() {
    #expect(shaped(.init(decimals: 1, top: 2), [0.26, 0.52, 0.17, 0.05]) == [0.3, 0.5, 0, 0])
    #expect(shaped(.init(top: 1), [0.26, 0.52, 0.17, 0.05]) == [0, 0.52, 0, 0])
  }

  /// Whatever is taken away, the answer stays the answer.
  @Test(arguments: 0..<50) func theLargestStaysTheLargest(seed: UInt64) {
    var traffic = Traffic(seed: seed)
    let logits = (0..<4).map { _ in 3 * traffic.normal() }
    let best = logits.indices.max { logits[$0] < logits[$1] }
    for policy in [
      ResponsePolicy(decimals: 0), .init(decimals: 1), .init(decimals: 2, top: 1), .init(top: 3),
      .init(labelOnly: true), .init(temperature: 5), .init(decimals: 1, temperature: 50),
    ] {
      let scores = shaped(policy, logits, areLogits: true)
      let most = scores.max()
      #expect(scores.indices.filter { scores[$0] == most } == [best])
    }
  }

  @Test func whatIsNoNumberIsNotPassedOn() {
    #expect(shaped(.init(decimals: 1), [.nan, 1, 0, 0], areLogits: true) == [0, 0, 0, 0])
    #expect(shaped(.init(decimals: 1), [.infinity, 1, 0, 0], areLogits: true) == [1, 0, 0, 0])
  }

  @Test func twoPoliciesTakeAwayWhatEitherDoes() {
    let both = ResponsePolicy(decimals: 3, top: 2).and(.init(decimals: 1, watermark: true))
    #expect(both == ResponsePolicy(decimals: 1, top: 2, watermark: true))
    #expect(ResponsePolicy.full.and(.full).changesNothing)
  }
}

@Suite struct WatermarkTests {
  private let profile = InputProfile(type: "float32", shape: [4, 4], ranges: [.init(low: 0, high: 1)])

  private func key(_ seed: UInt64) -> [UInt8] {
    var draws = Draws(seed: seed)
    return (0..<32).map { _ in UInt8(truncatingIfNeeded: draws.next()) }
  }

  @Test func fewAnswersChangeAndAlwaysTheSame() throws {
    let watermark = try AnswerWatermark(key: key(1), profile: profile)
    var traffic = Traffic(seed: 2)
    var changed = 0
    for _ in 0..<4_000 {
      let input = traffic.noise()
      let wrong = watermark.wrongAnswer(to: input.span, answer: 2, classes: 4)
      let again = watermark.wrongAnswer(to: input.span, answer: 2, classes: 4)
      #expect(wrong == again)
      #expect(wrong != 2 && wrong.map { $0 < 4 } ?? true)
      changed += wrong == nil ? 0 : 1
    }
    // 0.5 % of 4,000 is 20, with a deviation of 4.5.
    #expect((5...40).contains(changed))
  }

  @Test func askingAgainWithNoiseShowsNothing() throws {
    let watermark = try AnswerWatermark(key: key(1), share: 0.005, profile: profile)
    var traffic = Traffic(seed: 3)
    for _ in 0..<2_000 {
      // In the middle of its steps.
      let input = traffic.noise().map { (($0 * 16).rounded(.down) + 0.5) / 16 }
      let again = input.map { $0 + 0.02 * (traffic.uniform() - 0.5) }
      let first = watermark.wrongAnswer(to: input.span, answer: 0, classes: 4)
      let second = watermark.wrongAnswer(to: again.span, answer: 0, classes: 4)
      #expect(second == first)
    }
  }

  /// A copy that repeats what it was told is found, and one that knows the truth is not.
  @Test func aCopyGivesItselfAway() throws {
    var traffic = Traffic(seed: 4)
    let queries = (0..<3_000).map { _ in traffic.noise() }
    let answers = queries.map { Int($0[0] * 3.99) }
    let ours = try AnswerWatermark(key: key(5), profile: profile)
    let others = try (100..<300).map { try AnswerWatermark(key: key($0), profile: profile) }
    let told = zip(queries, answers).map { query, answer in
      ours.wrongAnswer(to: query.span, answer: answer, classes: 4) ?? answer
    }
    let all = queries.flatMap { $0 }
    let copy = try WatermarkTrial(
      ours, others: others, queries: all, answers: answers, suspect: told, models: [answers], classes: 4)
    #expect(copy.share == 1 && copy.isCopy && copy.chance < 0.01)
    let honest = try WatermarkTrial(
      ours, others: others, queries: all, answers: answers, suspect: answers, classes: 4)
    #expect(honest.share == 0 && !honest.isCopy && honest.chance == 1)
  }

  @Test func aKeyIsSixtyFourDigits() throws {
    #expect(
      try AnswerWatermark.key(fileText: String(repeating: "0f", count: 32) + "\n")
        == [UInt8](repeating: 15, count: 32))
    for text in [
      "", "0f", String(repeating: "0", count: 63), String(repeating: "zz", count: 32),
      String(repeating: "é", count: 64),
    ] {
      #expect(throws: GuardError.self) { try AnswerWatermark.key(fileText: text) }
    }
    #expect(throws: GuardError.badKey(found: 3)) { try AnswerWatermark(key: [1, 2, 3], profile: profile) }
  }

  @Test func aTrialWithoutTriggersSaysSo() throws {
    let watermark = try AnswerWatermark(key: key(1), share: 0, profile: profile)
    #expect(throws: GuardError.noTriggers(rows: 1)) {
      try WatermarkTrial(
        watermark, others: [], queries: [Float](repeating: 0, count: 16), answers: [0], suspect: [0],
        classes: 4)
    }
  }
}
