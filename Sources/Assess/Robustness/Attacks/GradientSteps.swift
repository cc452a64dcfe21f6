// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff

/// Steps of one size along the slope of the cross-entropy, from the example itself: with one step the size of the radius FGSM
/// (Goodfellow et al. 2015, arXiv 1412.6572), with many small ones PGD (Madry et al. 2018, arXiv 1706.06083).
struct GradientSteps: Attack {
  var steps: Int

  var name: String { steps == 1 ? "FGSM" : "PGD" }

  func run(_ targets: Targets, on model: AttackModel) throws(RobustnessError) -> [[Float]?] {
    let (ball, width) = (targets.ball, model.space.width)
    // 2.5 radii over all steps reach every corner of the ball from every other.
    let size = steps == 1 ? ball.radius : 2.5 * ball.radius / Float(steps)
    var found = [[Float]?](repeating: nil, count: targets.count)
    var points = targets.centers
    var left = Array(0..<targets.count)
    for step in 0...steps {
      if left.isEmpty || targets.isOver() { break }
      let answer = try model.crossEntropy(left.map { points[$0] }, targets, left)
      for (row, target) in left.enumerated() {
        if targets.isFooled(model.best(answer.logits, at: row), at: target) {
          found[target] = points[target]
        } else if step < steps {
          ball.step(&points[target], along: answer.slopes[row * width..<(row + 1) * width], size: size)
          ball.project(&points[target], around: targets.centers[target])
        }
      }
      left.removeAll { found[$0] != nil }
    }
    return found
  }
}
