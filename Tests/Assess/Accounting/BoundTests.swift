// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

@testable import MartletAccounting

/// What makes the bounds bounds, before and after each thing that is done to them.
@Suite struct BoundTests {
  /// Delta at an epsilon, of masses at losses: the sum of mass * (1 - e^(epsilon - loss)) above it.
  private static func delta(_ loss: BoundedLoss, _ side: BoundedLoss.Side, _ epsilon: Double) -> Double {
    var sum = side == .upper ? loss.infinity : 0
    for (entry, mass) in loss.masses(side).enumerated() where loss.loss(entry) > epsilon && mass > 0 {
      let place = loss.loss(entry)
      sum += exp(log(mass) + loss.logMoment - loss.tilt * place) * -expm1(epsilon - place)
    }
    return sum
  }

  /// The same of one step, by the formula.
  private static func delta(_ step: StepLoss, _ epsilon: Double) -> Double {
    func beyond(_ z: Double) -> Double { 0.5 * erfc(z / step.noise * 0.5.squareRoot()) }
    let edge = step.position(of: epsilon)
    if step.direction == .remove {
      return (1 - step.rate) * beyond(edge) + step.rate * beyond(edge - 1) - exp(epsilon) * beyond(edge)
    }
    return beyond(edge) - exp(epsilon) * ((1 - step.rate) * beyond(edge) + step.rate * beyond(edge + 1))
  }

  @Test(arguments: [
    (1, 0.01, 1e-3), (0.5, 0.2, 0.02), (4, 0.5, 0.01), (0.2, 1e-3, 0.3), (2, 1, 0.05), (0.3, 0.9, 5),
    (0.05, 0.1, 0.01), (0.03, 0.5, 40),
  ])
  func aStepLiesBetweenItsBounds(noise: Double, rate: Double, interval: Double) throws {
    for direction in Direction.allCases {
      let step = StepLoss(noise: noise, rate: rate, direction: direction)
      for tilt in [0, min(2, 0.4 / interval)] {
        let moment = MomentCurve(step, from: -8 * noise, to: 8 * noise + 1)(tilt).logMoment
        let loss = try #require(
          BoundedLoss(
            step, interval: interval, tilt: tilt, logMoment: moment, weight: (tilt, moment), reach: 8,
            most: 1 << 18))
        for epsilon in stride(from: -0.5, through: 6, by: 0.137) {
          let exact = Self.delta(step, epsilon)
          let room = 1e-12 + 1e-9 * abs(exact)
          #expect(Self.delta(loss, .lower, epsilon) <= exact + room, "\(direction), \(tilt), \(epsilon)")
          #expect(Self.delta(loss, .upper, epsilon) >= exact - room, "\(direction), \(tilt), \(epsilon)")
        }
      }
    }
  }

  @Test func aCoarserGridKeepsTheBounds() throws {
    let step = StepLoss(noise: 1, rate: 0.1, direction: .remove)
    let fine = try #require(
      BoundedLoss(step, interval: 0.01, tilt: 1, logMoment: 0, weight: (1, 0), reach: 7, most: 1 << 18))
    for factor in [2, 3, 7, 40] {
      let coarse = fine.coarsened(by: factor)
      #expect(abs(coarse.interval - 0.01 * Double(factor)) < 1e-15)
      for epsilon in stride(from: -0.2, through: 5, by: 0.0713) {
        let (upper, lower) = (Self.delta(fine, .upper, epsilon), Self.delta(fine, .lower, epsilon))
        #expect(Self.delta(coarse, .upper, epsilon) >= upper * (1 - 1e-12))
        #expect(Self.delta(coarse, .lower, epsilon) <= lower * (1 + 1e-12) + 1e-15)
      }
    }
  }

  @Test func atomsThatAreMergedHaveTheLossTheyAreGiven() {
    // Of each group, P / Q is e^loss; nothing is lost, and nothing of Q is gained.
    var atoms = LossAtoms()
    for index in 0..<200 {
      atoms.losses.append(0.037 * Double(index) - 2)
      atoms.masses.append(exp(-0.5 * pow(0.037 * Double(index) - 4, 2)))
    }
    let targets = (-30...60).map { 0.1 * Double($0) }
    for descending in [false, true] {
      let merged = BoundedLoss.merge(atoms, onto: targets, tilt: 0, descending: descending)
      let (before, after) = (atoms.masses.reduce(0, +), merged.reduce(0, +))
      #expect(abs(after / before - 1) < 1e-12)
      let other = zip(atoms.masses, atoms.losses).reduce(0) { $0 + $1.0 * exp(-$1.1) }
      let otherAfter = zip(merged, targets).reduce(0) { $0 + $1.0 * exp(-$1.1) }
      // Rounding down, at the end alone, adds to Q.
      #expect(otherAfter >= other * (1 - 1e-12) && otherAfter < other * 1.02)
    }
  }

  /// Bounds never cross, whatever the parameters: neither on one grid, nor between grids.
  @Test func boundsNeverCross() throws {
    var random = RepeatedRandom()
    #if DEBUG
      let rounds = 12
    #else
      let rounds = 150
    #endif
    for _ in 0..<rounds {
      let phase = try Phase(
        noiseMultiplier: random.between(0.05, 50), samplingRate: random.between(1e-4, 1),
        steps: Int(random.between(1, 1e5)))
      let delta = random.between(1e-20, 0.5)
      let account = DirectedAccount(phases: [phase], delta: delta, direction: .remove)
      let coarse = account.epsilon(interval: max(account.coarse * 30, account.scale), known: 0).bounds
      let fine = account.epsilon(interval: max(account.coarse * 10, account.scale * 0.3), known: 0).bounds
      let words = "\(phase), \(delta): \(coarse), \(fine)"
      #expect(coarse.lower <= coarse.upper && fine.lower <= fine.upper, "\(words)")
      #expect(coarse.lower <= fine.upper && fine.lower <= coarse.upper, "\(words)")
      #expect(fine.lower <= RenyiAccount.epsilon(of: [phase], delta: delta), "\(words)")
    }
  }
}

/// Numbers that look random and are the same in every run.
private struct RepeatedRandom {
  private var state: UInt64 = 20_260_101

  /// Evenly spread on a logarithmic scale.
  mutating func between(_ low: Double, _ high: Double) -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return low * pow(high / low, Double(state >> 11) * 0x1p-53)
  }
}
