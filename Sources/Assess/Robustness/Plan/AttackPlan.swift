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
  /// The way to the nearest border as if all were straight.
  case deepfool
  /// The smallest change in L2 by descent.
  case cw
  /// What whoever sees no slopes can do.
  case blackbox

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
    case .rand: [APGD(loss: .crossEntropy), APGD(loss: .logitRatio)]
    case .pgd: [GradientSteps(steps: 40)]
    case .fgsm: [GradientSteps(steps: 1)]
    case .deepfool: [DeepFool()]
    case .cw: [CarliniWagner()]
    case .blackbox: blackBox
    }
  }

  /// What is run instead on a model without slopes.
  var blackBox: [any Attack] {
    self == .fast ? [Square(queries: 300), HopSkipJump(steps: 8)] : [Square(), HopSkipJump()]
  }

  /// Slopes that are averaged at each point.
  package var samples: Int { self == .rand ? 20 : 1 }

  /// What a report says about the plan where it is not what its name promises, or nil.
  func deviation(classes: Int, _ order: AttackOrder) -> String? {
    guard [.standard, .plus, .rand].contains(self) else { return nil }
    if classes < 4 {
      return
        "the model has \(classes) classes, too few for the ratio of logits: the margin took its place, and this is not the "
        + "standard AutoAttack"
    }
    if order.goal != nil { return "the attacks wanted one answer, where the standard AutoAttack takes any" }
    return nil
  }
}
