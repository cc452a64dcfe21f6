// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What sensors add when there is little light, or when bits get lost.
extension Raster {
  func gaussianNoise(_ severity: Severity, _ draws: inout Draws) -> Raster {
    let deviation: Float = severity.of(
      small: [0.04, 0.06, 0.08, 0.09, 0.10], large: [0.08, 0.12, 0.18, 0.26, 0.38])
    return map { $0 + deviation * draws.normal() }
  }

  /// Light comes in single photons: `photons` of them at full brightness.
  func shotNoise(_ severity: Severity, _ draws: inout Draws) -> Raster {
    let photons: Double = severity.of(small: [500, 250, 100, 75, 50], large: [60, 25, 12, 5, 3])
    return map { Float(Double(draws.poisson(mean: Double($0) * photons)) / photons) }
  }

  /// Some values become 0 or 1.
  func impulseNoise(_ severity: Severity, _ draws: inout Draws) -> Raster {
    let share: Float = severity.of(
      small: [0.01, 0.02, 0.03, 0.05, 0.07], large: [0.03, 0.06, 0.09, 0.17, 0.27])
    return map {
      let (hit, extreme) = (draws.uniform(), draws.uniform())
      return hit < share ? (extreme < 0.5 ? 0 : 1) : $0
    }
  }

  /// Stronger where it is brighter.
  func speckleNoise(_ severity: Severity, _ draws: inout Draws) -> Raster {
    let deviation: Float = severity.of(
      small: [0.06, 0.1, 0.12, 0.16, 0.2], large: [0.15, 0.2, 0.35, 0.45, 0.6])
    return map { $0 + $0 * deviation * draws.normal() }
  }
}
