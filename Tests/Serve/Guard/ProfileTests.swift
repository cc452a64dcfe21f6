// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import Testing

@testable import MartletGuard

@Suite struct ProfileTests {
  private let table = InputProfile(
    type: "float32", shape: [3],
    ranges: [
      .init(low: 0, high: 1), .init(low: -5, high: 5), .init(low: 0, high: 2, categories: [0, 1, 2]),
    ],
    names: ["age", "income", "region"])

  @Test func whatFitsIsAnswered() throws {
    try table.check(type: "float32", shape: [2, 3])
    try table.check([0.5, -5, 2, 1, 5, 0].span)
  }

  @Test func whatDoesNotFitIsNamed() {
    #expect(throws: InputFault.wrongType(expected: "float32", found: "int64")) {
      try table.check(type: "int64", shape: [1, 3])
    }
    #expect(throws: InputFault.wrongShape(expected: [3], found: [1, 4])) {
      try table.check(type: "float32", shape: [1, 4])
    }
    #expect(
      throws: InputFault.outOfRange(row: 1, element: 1, name: "income", value: 5.5, low: -5, high: 5)
    ) { try table.check([0, 0, 0, 0, 5.5, 0].span) }
    #expect(throws: InputFault.unknownCategory(row: 0, element: 2, name: "region", value: 0.5)) {
      try table.check([0, 0, 0.5].span)
    }
    for value in [Float.nan, .infinity, -.infinity] {
      #expect(throws: InputFault.self) { try table.check([value, 0, 0].span) }
    }
  }

  /// The quick way and the careful one must see the same.
  @Test(arguments: 0..<21) func onePlaceInAPictureIsSeenWhereverItIs(place: Int) {
    let picture = InputProfile(type: "float32", shape: [1, 3, 7], ranges: [.init(low: 0, high: 1)])
    for bad in [Float.nan, 1.5, -0.1, .infinity] {
      var values = [Float](repeating: 0.5, count: 21)
      values[place] = bad
      let error = #expect(throws: InputFault.self) { try picture.check(values.span) }
      guard case .outOfRange(_, let element, _, _, _, _)? = error else {
        Issue.record("another fault")
        continue
      }
      #expect(element == place)
    }
  }

  @Test func rangesOfATableAreItsColumns() {
    let profile = InputProfile(of: [0, 10, 1, 20, 2, 30], shape: [2], slack: 0.5)
    #expect(profile.ranges == [.init(low: -1, high: 3), .init(low: 0, high: 40)])
    let picture = InputProfile(of: [0, 1, 0.5, 0.25], shape: [2, 2])
    #expect(picture.ranges == [.init(low: 0, high: 1)])
  }
}
