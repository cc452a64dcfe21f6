// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Testing

@testable import MartletGuard

/// The search for the nearest reference leaves most of them out, and never the nearest.
@Suite struct ReferenceBlocksTests {
  private static let width = 16
  private static let projection = RandomProjection(width: width, seed: 3)

  private static func square(_ left: RandomProjection.Point, _ right: RandomProjection.Point) -> Float {
    (0..<RandomProjection.dimensions).reduce(0) { sum, dimension in
      let difference = left[dimension] - right[dimension]
      return sum + difference * difference
    }
  }

  private static func numbers(_ point: RandomProjection.Point) -> [Float] {
    (0..<RandomProjection.dimensions).map { point[$0] }
  }

  @Test(arguments: [1, 2, 15, 16, 17, 33, 500, 512, 1_024])
  func theNearestIsFound(_ count: Int) {
    var traffic = Traffic(seed: UInt64(count))
    var references = (0..<count).map { _ in Self.projection(traffic.benign().span) }
    // The same one many times fills blocks of its own.
    for place in 0..<count / 8 { references[place] = references[0] }
    let blocks = ReferenceBlocks(references.flatMap(Self.numbers))
    for turn in 0..<300 {
      let query = Self.projection(
        (turn % 3 == 0 ? traffic.benign() : turn % 3 == 1 ? traffic.between() : traffic.noise()).span)
      let truth = references.map { Self.square(query, $0) }.min()!
      #expect(blocks.nearest(to: query, enough: -1, most: .infinity) == truth)
      // Where it need not be told, it is on the right side all the same.
      let (enough, most) = (Float(0.05), Float(0.4))
      let found = blocks.nearest(to: query, enough: enough, most: most)
      if truth <= enough {
        #expect(found <= enough)
      } else if truth > most {
        #expect(found > most)
      } else {
        #expect(found == truth)
      }
    }
  }

  @Test func oneThatIsThereIsNoDistanceAway() {
    var traffic = Traffic(seed: 1)
    let references = (0..<300).map { _ in Self.projection(traffic.benign().span) }
    let blocks = ReferenceBlocks(references.flatMap(Self.numbers))
    for reference in references {
      #expect(blocks.nearest(to: reference, enough: -1, most: .infinity) == 0)
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func whatIsNoNumberIsNearNothing(_ value: Float) {
    var traffic = Traffic(seed: 2)
    let references = (0..<40).map { _ in Self.projection(traffic.benign().span) }
    let blocks = ReferenceBlocks(references.flatMap(Self.numbers))
    var row = traffic.benign()
    row[3] = value
    #expect(blocks.nearest(to: Self.projection(row.span), enough: 0.1, most: 1) == .infinity)
  }
}
