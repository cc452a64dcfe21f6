// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletRobustness
import Testing

@Suite struct ProportionTests {
  /// Expected bounds from SciPy's `binomtest(...).proportion_ci(method="wilson")`.
  @Test(arguments: [
    (0, 10, 0.0, 0.277533), (10, 10, 0.722467, 1.0), (5, 10, 0.236593, 0.763407),
    (970, 1000, 0.957497, 0.978906),
    (1, 1, 0.206549, 1.0),
  ])
  func givesWilsonsInterval(_ hits: Int, _ total: Int, _ low: Double, _ high: Double) {
    let interval = Proportion(hits, of: total).interval
    #expect(abs(interval.lowerBound - low) < 2e-6)
    #expect(abs(interval.upperBound - high) < 2e-6)
  }
}
