// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletLearners
import MartletTraining

/// What attacks know of the records they are tried on.
struct AuditSubject: Sendable {
  /// What each is called in its file.
  let ids: [Int64]
  /// Below the number of classes.
  let labels: [Int]
  let isMember: [Bool]
  /// The target's logit of the right class.
  let margins: [Float]
  let entropies: [Double]
  let isRight: [Bool]
  /// The values of each record; nil where only answers are known.
  let features: FeatureColumns?
  let shadows: ShadowSet?

  /// The records that the attack is chosen on, and those that it is reported on: half of the members and half of the others each.
  func halves(seed: UInt64) -> (chosenOn: [Int], reportedOn: [Int]) {
    var (first, second): ([Int], [Int]) = ([], [])
    for kind in [true, false] {
      let records = isMember.indices.filter { isMember[$0] == kind }
      var order = records
      var random = SeededRandom(seed: seed, stream: kind ? 6_000 : 6_001)
      random.shuffle(&order)
      first += order.prefix(order.count / 2)
      second += order.dropFirst(order.count / 2)
    }
    return (first.sorted(), second.sorted())
  }

  /// The scores of every attack that can be tried. Only ``MembershipAttack/calibrated`` knows who is a member, of the records in `known`.
  func scores(known: [Int], seed: UInt64) -> [(attack: MembershipAttack, scores: [Double])] {
    var all: [(MembershipAttack, [Double])] = [
      (.loss, margins.map(Double.init)), (.entropy, entropies.map { -$0 }),
    ]
    if let features {
      let described = features.widest(CalibratedLoss.mostColumns).adding([labels.map(Float.init)])
      all.append(
        (
          .calibrated,
          CalibratedLoss.scores(described, margins: margins, isMember: isMember, known: known, seed: seed)
        ))
    }
    if let shadows, shadows.count >= 2 {
      let attacks = ShadowAttacks(shadows: shadows, labels: labels)
      for attack in MembershipAttack.allCases where attack.needsShadows {
        all.append((attack, attacks.scores(attack, margins: margins, seed: seed)))
      }
    }
    return all
  }

  func curve(_ scores: [Double], on records: [Int]) -> RankCurve {
    RankCurve(records.map { scores[$0] }, isMember: records.map { isMember[$0] })
  }

  func accuracy(ofMembers kind: Bool) -> BinomialShare {
    let own = isMember.indices.filter { isMember[$0] == kind }
    return BinomialShare(own.count { isRight[$0] }, of: max(1, own.count))
  }
}
