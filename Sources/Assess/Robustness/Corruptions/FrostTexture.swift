// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Ice crystals on glass: needles with side branches that grow from seeds, over clouds of rime.
enum FrostTexture {
  /// Of the reference's photographs: their mean colour, with a brightness of one.
  static let tint: (red: Float, green: Float, blue: Float) = (0.89, 1.03, 1.1)

  /// - Returns: how bright the ice is, from 0 to 1. Mean and spread are as in the reference's photographs: 0.46 to 0.78 and
  ///   about 0.14.
  static func plane(height: Int, width: Int, _ draws: inout Draws) -> Plane {
    let mean = draws.uniform(0.46, 0.78)
    var ice = Plasma.cloud(height: height, width: width, decay: 1.3, &draws).map { 0.5 * $0 }
    let side = Float(max(height, width))
    for _ in 0..<6 {
      let (y, x) = (draws.uniform() * Float(height), draws.uniform() * Float(width))
      let turn = draws.uniform(0, .pi / 3)
      for arm in 0..<6 {
        let angle = turn + Float(arm) * .pi / 3 + draws.uniform(-0.15, 0.15)
        let length = side * draws.uniform(0.3, 0.7)
        grow(&ice, y: y, x: x, angle: angle, length: length, branches: 2, &draws)
      }
    }
    let soft = ice.blurred(sigma: max(0.4, Double(side) / 224))
    let average = soft.values.reduce(0, +) / Float(soft.values.count)
    let spread = (soft.values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Float(soft.values.count))
      .squareRoot()
    return soft.map { min(max(mean + ($0 - average) / max(spread, 1e-6) * 0.14, 0), 1) }
  }

  /// One needle, thinner towards its end, and the needles that branch off it.
  private static func grow(
    _ ice: inout Plane, y: Float, x: Float, angle: Float, length: Float, branches: Int, _ draws: inout Draws
  ) {
    let (down, right) = (sin(angle), cos(angle))
    let gap = max(3, length / 5)
    var next = gap
    for step in 0..<max(1, Int(length)) {
      let walked = Float(step)
      let (placeY, placeX) = (Int((y + down * walked).rounded()), Int((x + right * walked).rounded()))
      if (0..<ice.height).contains(placeY), (0..<ice.width).contains(placeX) {
        ice[placeY, placeX] = max(ice[placeY, placeX], 1 - 0.5 * walked / length)
      }
      guard branches > 0, walked >= next else { continue }
      next += gap
      for side in [Float(-1), 1] {
        grow(
          &ice, y: y + down * walked, x: x + right * walked, angle: angle + side * .pi / 3,
          length: (length - walked) * draws.uniform(0.3, 0.6), branches: branches - 1, &draws)
      }
    }
  }
}
