// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletTraining
import Testing

@testable import MartletPrivacy

/// Models of which each record is remembered by as much as its difficulty says.
struct RememberingModels {
  let shadows: ShadowSet
  let margins: [Float]
  let isMember: [Bool]
  let labels: [Int]

  /// - Parameter memory: how much more certain models are of what they were trained on; 0 for models that remember nothing.
  init(records: Int, shadows count: Int, memory: Double, seed: UInt64) {
    var random = SeededRandom(seed: seed, stream: 8)
    func normal() -> Double { Normal.quantile((Double(random.next() >> 11) + 0.5) * 0x1p-53) }
    let level = (0..<records).map { _ in 3 + 3 * normal() }
    func model(_ isIn: [Bool]) -> [Float] {
      zip(level, isIn).map { Float($0 + (($1 && $0 < 3) ? memory : 0) + normal()) }
    }
    var set = ShadowSet()
    for shadow in 0..<count {
      let isIn = ShadowSet.half(of: records, seed: seed, shadow: shadow)
      set.add(model(isIn), isIn: isIn)
    }
    isMember = ShadowSet.half(of: records, seed: seed, shadow: 99)
    margins = model(isMember)
    shadows = set
    labels = (0..<records).map { $0 % 3 }
  }

  func curve(_ attack: MembershipAttack) -> RankCurve {
    RankCurve(
      ShadowAttacks(shadows: shadows, labels: labels).scores(attack, margins: margins, seed: 0),
      isMember: isMember)
  }
}

@Suite("Attacks with shadows")
struct AttackTests {
  @Test(
    "every attack finds members that the loss alone does not show",
    arguments: [MembershipAttack.rmia, .liraOffline, .liraOnline, .meta])
  func finds(attack: MembershipAttack) {
    let models = RememberingModels(records: 800, shadows: 4, memory: 3, seed: 2)
    let loss = RankCurve(models.margins.map(Double.init), isMember: models.isMember)
    let curve = models.curve(attack)
    #expect(curve.auc > loss.auc + 0.05, "\(curve.auc), \(loss.auc)")
    #expect(
      curve.found(atFalsePositiveRate: 0.01).share > loss.found(atFalsePositiveRate: 0.01).share + 0.05)
  }

  @Test("with few shadows META finds more than LiRA")
  func meta() {
    let models = RememberingModels(records: 1_200, shadows: 4, memory: 2, seed: 3)
    #expect(models.curve(.meta).auc > models.curve(.liraOnline).auc)
  }

  @Test(
    "a model that remembers nothing is not said to",
    arguments: [MembershipAttack.rmia, .liraOffline, .liraOnline, .meta])
  func nothing(attack: MembershipAttack) {
    let models = RememberingModels(records: 600, shadows: 4, memory: 0, seed: 4)
    #expect(models.curve(attack).aucInterval.contains(0.5))
  }

  @Test("records that were in no shadow, or in all, have scores too")
  func unlucky() {
    let models = RememberingModels(records: 300, shadows: 2, memory: 2, seed: 5)
    for attack in MembershipAttack.allCases where attack.needsShadows {
      let scores = ShadowAttacks(shadows: models.shadows, labels: models.labels).scores(
        attack, margins: models.margins, seed: 0)
      #expect(scores.allSatisfy { $0.isFinite }, "\(attack)")
    }
  }

  @Test("the logit of the right class is exact where the probability rounds to 1")
  func margins() {
    let logits = ClassScores(kind: .logits, classes: 3, values: [60, 0, 0, 0, 90, 0])
    let margins = logits.margins([0, 1])
    #expect(abs(margins[0] - 59.306853) < 1e-4 && abs(margins[1] - 89.306853) < 1e-4)
    let shares = ClassScores(kind: .probabilities(clip: 0.005), classes: 2, values: [1, 0, 0.5, 0.5])
    #expect(abs(shares.margins([0, 0])[0] - 5.2933) < 1e-3 && shares.margins([0, 0])[1] == 0)
    #expect(abs(shares.entropies()[1] - 0.6931) < 1e-3 && shares.entropies()[0] == 0)
    #expect(shares.isRight([0, 1]) == [true, false])
  }
}
