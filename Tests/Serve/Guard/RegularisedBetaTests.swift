// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Testing

@testable import MartletGuard

@Suite struct RegularisedBetaTests {
  /// From SciPy 1.16, `scipy.special.betainc`.
  @Test(arguments: [
    (0.5, 2.0, 3.0, 0.6875), (0.1, 8.0, 292.0, 0.9999997831), (0.03, 8.0, 292.0, 0.6761211450),
    (0.9, 0.5, 0.5, 0.7951672353), (1e-4, 1.0, 80.0, 0.0079684820),
  ])
  func agreesWithSciPy(x: Double, a: Double, b: Double, expected: Double) {
    #expect(abs(RegularisedBeta.value(x, a, b) - expected) < 1e-8)
  }

  @Test func theEndsAreWhole() {
    #expect(RegularisedBeta.value(0, 3, 4) == 0)
    #expect(RegularisedBeta.value(1, 3, 4) == 1)
  }

  @Test(arguments: [(0.999, 8.0, 292.0), (0.5, 1.0, 1.0), (0.99, 100.0, 200.0), (0.001, 3.0, 3.0)])
  func theQuantileIsTheInverseAndOnTheSafeSide(share: Double, a: Double, b: Double) {
    let x = RegularisedBeta.quantile(share, a, b)
    #expect(abs(RegularisedBeta.value(x, a, b) - share) < 1e-9)
    #expect(RegularisedBeta.value(x, a, b) >= share)
  }
}
