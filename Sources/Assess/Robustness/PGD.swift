// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Projected gradient descent in the maximum norm (Madry et al. 2018, arXiv 1706.06083): from each example, step
/// along the sign of the loss's gradient and come back into the ball of `radius` and into the box.
///
/// Any misclassified point on the way counts, not only the last, so that a path which fools the model and then
/// leaves the spot is not missed.
package struct PGD: Equatable, Sendable {
  /// Where a path starts.
  package enum Start: Equatable, Sendable {
    /// At the example itself.
    case example
    /// Anywhere in the ball, the same for the same seed whatever the batches are.
    case random(seed: UInt64)
  }

  /// The largest change of a feature, as a fraction of its width in the box.
  package var radius: Float
  package var steps: Int
  /// The change of a feature in one step, as a fraction of its width. By default 2.5 radii over all steps, which
  /// reaches every corner of the ball from every other.
  package var stepSize: Float
  package var start: Start
  package var box: Box

  package init(
    radius: Float = 0.1, steps: Int = 40, stepSize: Float? = nil, start: Start = .example, box: Box = .unit
  ) {
    self.radius = radius
    self.steps = steps
    self.stepSize = stepSize ?? 2.5 * radius / Float(max(1, steps))
    self.start = start
    self.box = box
  }

  /// - Throws: ``RobustnessError/unsuitableAttack(parameter:reason:)``.
  func check() throws(RobustnessError) {
    guard radius >= 0, radius.isFinite else {
      throw .unsuitableAttack(parameter: "radius", reason: "expected a number from 0, found \(radius)")
    }
    guard stepSize >= 0, stepSize.isFinite else {
      throw .unsuitableAttack(parameter: "step size", reason: "expected a number from 0, found \(stepSize)")
    }
    guard (1...1_000_000).contains(steps) else {
      throw .unsuitableAttack(parameter: "steps", reason: "expected 1 to 1000000, found \(steps)")
    }
  }
}

extension PGD: CustomStringConvertible {
  package var description: String {
    let from =
      switch start {
      case .example: "from the example itself"
      case .random(let seed): "from a random point (seed \(seed))"
      }
    return "PGD, maximum norm, radius \(radius) \(box.explanation), \(steps) steps of \(stepSize), \(from)"
  }
}
