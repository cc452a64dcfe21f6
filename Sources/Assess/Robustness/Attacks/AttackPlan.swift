// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Which attacks are run, one after the other, each on what the ones before could not fool.
package enum AttackPlan: String, Sendable, CaseIterable {
  /// A part of the standard at a tenth of its cost: shorter searches towards the three nearest classes, and 300 queries.
  case fast
  /// AutoAttack (Croce and Hein 2020): APGD-CE, APGD-T, FAB-T and Square.
  case standard
  /// Also five restarts of both untargeted losses, and FAB without targets.
  case plus
  /// For models that answer at random: the slope is the mean of 20.
  case rand
  /// 40 steps of projected gradient descent, to compare with what others report.
  case pgd
  /// One step.
  case fgsm

  var attacks: [any Attack] {
    switch self {
    case .fast:
      [
        APGD(loss: .crossEntropy, steps: 50), APGD(loss: .targeted(classes: 3), steps: 30),
        Square(queries: 300),
      ]
    case .standard:
      [APGD(loss: .crossEntropy), APGD(loss: .targeted(classes: 9)), FAB(), Square()]
    case .plus:
      [
        APGD(loss: .crossEntropy, restarts: 5), APGD(loss: .logitRatio, restarts: 5),
        FAB(aim: .nearest, restarts: 5), Square(), APGD(loss: .targeted(classes: 9)), FAB(),
      ]
    case .rand:
      [APGD(loss: .crossEntropy, samples: 20), APGD(loss: .logitRatio, samples: 20)]
    case .pgd: [GradientSteps(steps: 40)]
    case .fgsm: [GradientSteps(steps: 1)]
    }
  }

  /// What is run instead on a model without slopes.
  var blackBox: [any Attack] {
    self == .fast ? [Square(queries: 300), HopSkipJump(steps: 8)] : [Square(), HopSkipJump()]
  }

  /// What a report says about the plan where the model has too few classes for it, or nil.
  func deviation(classes: Int) -> String? {
    guard [.standard, .plus, .rand].contains(self), classes < 4 else { return nil }
    return
      "the model has \(classes) classes, too few for the ratio of logits: the margin took its place, and this is not the "
      + "standard AutoAttack"
  }
}
