// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

@testable import MartletAccounting

@Suite struct EpsilonTests {
  @Test(arguments: Vector.quick) func theBoundsHoldWhatOthersComputed(vector: Vector) throws {
    let epsilon = try PrivacyAccount(phases: [vector.phase], delta: vector.delta).epsilon()
    #expect(epsilon.lower <= vector.epsilon && vector.epsilon <= epsilon.upper)
    #expect(epsilon.upper / vector.epsilon - 1 < (vector.delta < 1e-9 ? 1e-5 : 1e-4))
    #expect(epsilon.isPrecise)
    #expect(epsilon.lower > 0.998 * epsilon.upper)
  }

  @Test(arguments: Vector.all.filter { $0.renyi != nil }) func renyiIsAsOthersHaveIt(vector: Vector) throws {
    let epsilon = RenyiAccount.epsilon(of: [vector.phase], delta: vector.delta)
    #expect(abs(epsilon / vector.renyi! - 1) < 1e-6)
    #expect(epsilon > vector.epsilon)
  }

  /// One step has a closed form, which no grid has a part in.
  @Test(arguments: [
    (0.4, 0.02, 1e-6), (1, 0.1, 1e-5), (3, 0.7, 1e-3), (1, 1e-3, 1e-9), (0.166, 0.079, 6e-10),
  ])
  func oneStepIsAsByItsFormula(noise: Double, rate: Double, delta: Double) throws {
    let phase = try Phase(noiseMultiplier: noise, samplingRate: rate, steps: 1)
    let bounds = SampledAccount(phases: [phase], delta: delta, precision: 1e-4).epsilon().bounds
    func exact(_ epsilon: Double) -> Double {
      let edge = StepLoss(noise: noise, rate: rate, direction: .remove).position(of: epsilon)
      func beyond(_ z: Double) -> Double { 0.5 * erfc(z / noise * 0.5.squareRoot()) }
      return (1 - rate) * beyond(edge) + rate * beyond(edge - 1) - exp(epsilon) * beyond(edge)
    }
    var (low, high) = (0.0, 200.0)
    for _ in 0..<100 {
      let middle = 0.5 * (low + high)
      if exact(middle) > delta { low = middle } else { high = middle }
    }
    #expect(bounds.lower <= low * (1 + 1e-9) && high * (1 - 1e-9) <= bounds.upper)
    #expect(bounds.gap < 1e-4)
  }

  /// Without sampling, many steps have a closed form too.
  @Test(arguments: [(5.0, 40, 1e-5), (8, 60, 1e-3), (20, 200, 1e-12), (3, 10, 0.1)])
  func stepsWithoutSamplingAreAsByTheirFormula(noise: Double, steps: Int, delta: Double) throws {
    let phase = try Phase(noiseMultiplier: noise, samplingRate: 1, steps: steps)
    let closed = GaussianCurve(distance: Double(steps).squareRoot() / noise).epsilon(at: delta)
    for direction in Direction.allCases {
      let account = DirectedAccount(phases: [phase], delta: delta, direction: direction)
      let result = account.epsilon(interval: 0.05 * account.scale, known: 0)
      #expect(result.bounds.lower <= closed.upper && closed.lower <= result.bounds.upper)
      #expect(result.bounds.gap < 0.01)
    }
  }

  @Test func phasesAddUp() throws {
    // Two phases that are alike are one; in another order they are the same; an empty one is none.
    let half = try Phase(noiseMultiplier: 3, samplingRate: 0.2, steps: 20)
    let whole = try Phase(noiseMultiplier: 3, samplingRate: 0.2, steps: 40)
    let other = try Phase(noiseMultiplier: 5, samplingRate: 0.1, steps: 30)
    let none = try Phase(noiseMultiplier: 1, samplingRate: 0, steps: 1000)
    func epsilon(_ phases: Phase...) throws -> PrivacyAccount.Epsilon {
      try PrivacyAccount(phases: phases, delta: 1e-4, precision: 1e-2).epsilon()
    }
    let (once, twice) = (try epsilon(whole), try epsilon(half, half, none))
    #expect(once.lower <= twice.upper && twice.lower <= once.upper)
    let (one, reversed) = (try epsilon(half, other), try epsilon(other, half))
    #expect(one.lower <= reversed.upper && reversed.lower <= one.upper)
    #expect(one.lower > once.upper * 0.7 && one.upper < once.upper)
  }

  @Test func laplaceNoise() throws {
    // One step: delta = 1 - e^((epsilon - 1/b)/2). Others have 2.1932809 for a hundred.
    let one = try PrivacyAccount(
      phases: [Phase(mechanism: .laplace, noiseMultiplier: 2, samplingRate: 1, steps: 1)], delta: 1e-3
    ).epsilon()
    let exact = 0.5 + 2 * log1p(-1e-3)
    #expect(one.lower <= exact && exact <= one.upper && one.upper < exact * 1.00001)
    let many = try PrivacyAccount(
      phases: [Phase(mechanism: .laplace, noiseMultiplier: 20, samplingRate: 1, steps: 100)], delta: 1e-6,
      precision: 1e-3
    ).epsilon()
    #expect(many.lower <= 2.193281 && 2.1932808 <= many.upper && many.upper < 2.196)
    #expect(many.renyi > many.upper)
  }

  @Test func whatTellsNothing() throws {
    func epsilon(_ noise: Double, _ rate: Double, _ steps: Int, _ delta: Double) throws
      -> PrivacyAccount.Epsilon
    {
      try PrivacyAccount(
        phases: [Phase(noiseMultiplier: noise, samplingRate: rate, steps: steps)], delta: delta
      ).epsilon()
    }
    #expect(try epsilon(1, 0, 1000, 1e-5).upper == 0)
    #expect(try epsilon(1, 0.5, 1000, 1).upper == 0)
    // The total variation between the two is below delta.
    #expect(try epsilon(10, 1, 1, 0.5).upper == 0)
    #expect(try epsilon(1e-170, 1, 1, 1e-5).upper == .infinity)
    // Too little noise for a grid: an upper bound all the same, and it is said to be a poor one.
    let loud = try epsilon(0.01, 0.1, 10, 1e-5)
    #expect(loud.upper > 1e4 && loud.upper.isFinite && loud.lower == 0 && !loud.isPrecise)
  }

  @Test func noiseIsFoundForAnEpsilon() throws {
    func account(_ noise: Double) throws(AccountingError) -> PrivacyAccount {
      try PrivacyAccount(phases: [Phase(noiseMultiplier: noise, samplingRate: 1, steps: 10)], delta: 1e-5)
    }
    let noise = try NoiseSearch.noiseMultiplier(for: 2, account)
    #expect(try account(noise).epsilon().upper <= 2)
    #expect(try account(noise * 0.9999).epsilon().lower > 2)
    #expect(throws: AccountingError.target(0)) { try NoiseSearch.noiseMultiplier(for: 0, account) }
    #expect(throws: AccountingError.self) {
      try NoiseSearch.noiseMultiplier(for: 1e-9) { noise throws(AccountingError) in
        try PrivacyAccount(
          phases: [Phase(noiseMultiplier: noise, samplingRate: 1, steps: 999_999_999)], delta: 1e-100)
      }
    }
  }

  @Test func shuffledBatchesCountEveryPass() throws {
    let phase = try Phase(noiseMultiplier: 1, samplingRate: 0.01, steps: 1000)
    #expect(try phase.shuffled == Phase(noiseMultiplier: 1, samplingRate: 1, steps: 10))
    let part = try Phase(noiseMultiplier: 1, samplingRate: 0.01, steps: 1001)
    #expect(try part.shuffled.steps == 11)
    let third = try Phase(noiseMultiplier: 1, samplingRate: 1.0 / 3, steps: 30)
    #expect(try third.shuffled.steps == 10)
  }

  @Test(arguments: [
    (Double.nan, 0.1, 1), (0, 0.1, 1), (-1, 0.1, 1), (.infinity, 0.1, 1), (1e7, 0.1, 1), (1, .nan, 1),
    (1, -0.1, 1),
    (1, 1.1, 1), (1, 0.1, 0), (1, 0.1, -1), (1, 0.1, 1_000_000_000), (1, 0.1, .max),
  ])
  func whatIsNoPhaseIsRefused(noise: Double, rate: Double, steps: Int) {
    #expect(throws: AccountingError.self) {
      try Phase(noiseMultiplier: noise, samplingRate: rate, steps: steps)
    }
  }

  @Test(arguments: [0, -1, 1.0000001, .nan, .infinity, 1e-300]) func whatIsNoDeltaIsRefused(delta: Double)
    throws
  {
    let phase = try Phase(noiseMultiplier: 1, samplingRate: 0.1, steps: 1)
    #expect(throws: AccountingError.self) { try PrivacyAccount(phases: [phase], delta: delta) }
    #expect(throws: AccountingError.phases(0)) { try PrivacyAccount(phases: [], delta: 1e-5) }
    #expect(throws: AccountingError.phases(101)) {
      try PrivacyAccount(phases: Array(repeating: phase, count: 101), delta: 1e-5)
    }
    #expect(throws: AccountingError.sampledLaplace(0.5)) {
      try Phase(mechanism: .laplace, noiseMultiplier: 1, samplingRate: 0.5, steps: 1)
    }
  }
}
