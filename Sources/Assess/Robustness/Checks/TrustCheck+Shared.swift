// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Checks that every assessment makes.
extension TrustCheck {
  /// A model that only guesses has nothing to lose.
  /// - Parameter share: of the examples, as they are.
  static func betterThanChance(_ share: Proportion, classes: Int) -> TrustCheck {
    let isGuess = share.interval.lowerBound <= 1 / Double(classes) && share.total > 1
    return TrustCheck(
      name: "better than chance", trust: isGuess ? .suspect : .reliable,
      detail: isGuess
        ? "as they are, the model gets \(share.hits) of \(share.total) examples right, which guessing might do too: see whether "
          + "labels and scaling are the model's own"
        : "as they are, the model gets more examples right than guessing would")
  }

  /// The same question five times: other answers mean that attacks see noise.
  static func sameAnswerTwice(
    _ model: AttackModel, at points: [[Float]], _ order: AttackOrder
  ) throws(RobustnessError) -> TrustCheck {
    let first = try model.logits(points.flatMap { $0 }, count: points.count)
    let scale = first.reduce(0) { max($0, $1.isFinite ? abs($1) : 0) }
    var largest: Float = 0
    for _ in 1..<5 {
      let next = try model.logits(points.flatMap { $0 }, count: points.count)
      for (a, b) in zip(first, next) where a.isFinite && b.isFinite { largest = max(largest, abs(a - b)) }
    }
    let isSteady = largest <= 1e-4 * max(scale, 1e-6)
    let isAveraged = (order.samples ?? order.plan.samples) > 1
    return TrustCheck(
      name: "same answer twice", trust: isSteady ? .reliable : isAveraged ? .suspect : .unreliable,
      detail: isSteady
        ? "asked five times, the model gives the same scores"
        : "asked five times, the model gives other scores each time: attacks that do not average see noise"
          + (isAveraged ? "" : "; use --attack rand, or --samples with another plan"))
  }

  static let outOfTime = TrustCheck(
    name: "time", trust: .suspect,
    detail: "the time was up before all attacks were done: more examples might have been fooled")
}
