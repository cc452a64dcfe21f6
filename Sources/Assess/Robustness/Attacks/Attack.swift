// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// One way to look for inputs that fool a model. An attack is exact about the verdict on an example, not about what it does
/// after that: an example that is fooled is not worked on any more.
protocol Attack: Sendable {
  /// As reports name it.
  var name: String { get }

  /// Looks for an adversarial input in the ball around each example.
  /// - Returns: for each example a point of the unit space that the model gets wrong, or nil.
  func run(_ targets: Targets, on model: AttackModel) throws(RobustnessError) -> [[Float]?]
}

/// Some examples, all of which the model gets right.
struct Targets: Sendable {
  let ball: Ball
  /// Their places in the data: random numbers depend on them, and on nothing about the batch.
  let rows: [Int]
  let centers: [[Float]]
  let labels: [Int64]
  /// The answer that is wanted for each; nil where any wrong one will do.
  var goals: [Int64]?
  /// For some classes an example that the model puts into it.
  let examples: [Int64: [Float]]
  /// The shape of one example.
  let shape: [Int]
  let seed: UInt64
  /// Whether there is no time left; what was found until then is handed back.
  let isOver: @Sendable () -> Bool

  var count: Int { rows.count }

  /// Whether an answer is what the attack wants. One that is not finite is wrong, but none that is wanted.
  func isFooled(_ answer: Int64?, at target: Int) -> Bool {
    goals.map { answer == $0[target] } ?? (answer != labels[target])
  }

  /// Classes to go towards, for all examples at once, one after the other: the goals where there are any, otherwise for each
  /// example the class with the second highest score, then that with the third and so on.
  func aims(atMost count: Int, on model: AttackModel) throws(RobustnessError) -> [[Int64]] {
    if let goals { return [goals] }
    let logits = try model.logits(centers.flatMap { $0 }, count: self.count)
    let ranked = (0..<self.count).map { row in
      let scores = logits[row * model.classCount..<(row + 1) * model.classCount]
      return scores.indices.sorted { scores[$0] > scores[$1] || scores[$0] == scores[$1] && $0 < $1 }
        .map { Int64($0 - scores.startIndex) }
    }
    let others = max(0, min(count, model.classCount - 1))
    return (0..<others).map { place in ranked.map { $0[place + 1] } }
  }

  /// The examples that are still to be fooled.
  func without(_ found: [[Float]?]) -> (targets: Targets, places: [Int]) {
    let places = found.indices.filter { found[$0] == nil }
    let left = Targets(
      ball: ball, rows: places.map { rows[$0] }, centers: places.map { centers[$0] },
      labels: places.map { labels[$0] }, goals: goals.map { goals in places.map { goals[$0] } },
      examples: examples, shape: shape, seed: seed, isOver: isOver)
    return (left, places)
  }
}

extension CounterRandom {
  /// Evenly spread over [0, 1).
  func unit(_ row: Int, _ place: Int) -> Float { (symmetric(row, place) + 1) / 2 }

  /// A whole number below `bound`.
  func below(_ bound: Int, _ row: Int, _ place: Int) -> Int {
    min(bound - 1, Int(unit(row, place) * Float(bound)))
  }

  /// Normal, by the method of Box and Muller.
  func normal(_ row: Int, _ place: Int) -> Float {
    let size = (-2 * log(max(unit(row, 2 * place), .leastNormalMagnitude))).squareRoot()
    return size * cos(2 * .pi * unit(row, 2 * place + 1))
  }

  /// Other numbers for another use.
  func derived(_ use: Int) -> CounterRandom {
    CounterRandom(seed: seed &+ UInt64(truncatingIfNeeded: use) &* 0xD1B5_4A32_D192_ED03)
  }
}
