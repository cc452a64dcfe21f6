// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Testing

@testable import MartletBackdoor

/// No reference is measured on rows that it has learned.
@Suite struct CleanPartsTests {
  @Test(arguments: [5, 6, 7, 60])
  func everyRowIsMeasuredOnceAndLearnedByTheOthers(_ each: Int) throws {
    let labels = (0..<3 * each).map { $0 % 3 }
    let parts = CleanParts(labels: labels, classes: 3, isApart: false, seed: 1).parts
    #expect(parts.count > 1)
    #expect(parts.flatMap(\.measured).sorted() == Array(labels.indices))
    for part in parts {
      let (learned, half) = try #require(part.learned)
      #expect(Set(half).isSubset(of: learned))
      #expect(Set(learned).isDisjoint(with: part.measured))
      #expect(learned.count + part.measured.count == labels.count)
      #expect(each < 16 ? half == learned : abs(2 * half.count - learned.count) <= 3)
      for label in 0..<3 {
        #expect(part.measured.contains { labels[$0] == label }, "each class is in each part")
        #expect(learned.count { labels[$0] == label } >= each / 2, "and most of it is learned")
        #expect(half.count { labels[$0] == label } >= each / 3, "of the half too")
      }
    }
  }

  @Test func thePartsFollowFromTheSeed() {
    let labels = (0..<40).map { $0 % 2 }
    func parts(_ seed: UInt64) -> CleanParts {
      CleanParts(labels: labels, classes: 2, isApart: false, seed: seed)
    }
    #expect(parts(3) == parts(3) && parts(3) != parts(4))
  }

  @Test func rowsThatCameApartAreNotDivided() {
    let parts = CleanParts(labels: [0, 1, 0, 1], classes: 2, isApart: true, seed: 0)
    #expect(parts.parts == [.init(measured: [0, 1, 2, 3], learned: nil)])
  }

  /// Every way to train references meets every part, so that neither can be taken for the other.
  @Test func everyWayMeetsEveryPart() {
    let parts = CleanParts(
      labels: (0..<80).map { $0 % 2 }, classes: 2, isApart: false, seed: 0)
    let ways = ReferenceRecipe.ways.count
    let places = 0..<ways * parts.parts.count
    let pairs = places.map { [$0 % ways, parts.part(of: $0)] }
    #expect(Set(pairs).count == pairs.count)
    let sizes = places.map { parts.learned(by: $0)?.count }
    #expect(Set(sizes).count == 2, "some learn half")
  }

  @Test func aModelIsMeasuredAsItsReferencesAre() {
    func look(_ margin: Double, _ size: Double) -> Look {
      let trigger = Trigger(form: .patch, mask: [1], pattern: [1], size: size, success: 1)
      return Look(
        Observation(values: [.margin: [margin], .patch: [-size]], accuracy: margin), patches: [trigger])
    }
    let looks = [look(1, 5), look(2, 9), look(3, 7)]
    let mean = Look(mean: looks, of: [0, 1, 2, 2])
    #expect(mean.observation.values[.margin] == [2.25] && mean.observation.accuracy == 2.25)
    #expect(mean.patches.map(\.size) == [7], "the trigger in the middle")
    #expect(mean.shifts.isEmpty)
  }
}
