// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The upper tail of the standard normal distribution, also where it is too small for a number.
enum NormalTail {
  /// The chance to exceed `z`, over the density at `z` (Mills's ratio); `z` at least -37.
  static func millsRatio(_ z: Double) -> Double {
    guard z > 5 else {
      return 0.5 * erfc(z * 0.5.squareRoot()) * exp(0.5 * z * z) * (2 * Double.pi).squareRoot()
    }
    // The continued fraction 1/(z + 1/(z + 2/(z + 3/...))) of Laplace, from its end; beyond 5, 100 terms are exact.
    var fraction = z
    for term in stride(from: 100.0, to: 0, by: -1) { fraction = z + term / fraction }
    return 1 / fraction
  }

  /// The logarithm of the chance to exceed `z`.
  static func log(_ z: Double) -> Double {
    guard z > 5 else { return Foundation.log(0.5 * erfc(z * 0.5.squareRoot())) }
    return Foundation.log(millsRatio(z)) - 0.5 * z * z - 0.5 * Foundation.log(2 * Double.pi)
  }
}
