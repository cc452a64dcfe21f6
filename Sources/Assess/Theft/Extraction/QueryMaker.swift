// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletRuntime
import MartletTraining

/// Makes the questions of attacks.
struct QueryMaker: Sendable {
  /// [N, ...]: what the thief could have of natural inputs.
  let pool: Tensor
  /// Of one example.
  let shape: [Int]
  /// The range of each element.
  let lows: [Float]
  let highs: [Float]

  /// - Parameter pool: float32.
  init(_ pool: Tensor) throws(TheftError) {
    self.pool = pool
    shape = Array(pool.shape.dropFirst())
    let width = shape.reduce(1, *)
    var (lows, highs) = (
      [Float](repeating: .infinity, count: width), [Float](repeating: -.infinity, count: width)
    )
    let values = try running { () throws(RuntimeError) in try pool.array(of: Float.self) }
    for (place, value) in values.enumerated() {
      lows[place % width] = min(lows[place % width], value)
      highs[place % width] = max(highs[place % width], value)
    }
    // The elements of a picture have one range; those of a table have their own.
    if shape.count > 1 {
      lows = [Float](repeating: lows.min() ?? 0, count: width)
      highs = [Float](repeating: highs.max() ?? 1, count: width)
    }
    (self.lows, self.highs) = (lows, highs)
  }

  /// Questions that do not depend on answers; for ``TheftAttack/jacobian`` the natural ones it begins with.
  /// - Returns: at most `count`: there are only so many natural inputs.
  func queries(_ attack: TheftAttack, count: Int, seed: UInt64) throws(TheftError) -> Tensor {
    var random = SeededRandom(seed: seed, stream: 11)
    var order = Array(0..<(pool.rowCount ?? 0))
    random.shuffle(&order)
    switch attack {
    case .natural: return try rows(Array(order.prefix(count)))
    case .jacobian: return try rows(Array(order.prefix(min(count, TheftAttack.seeds))))
    case .mixup:
      let own = Array(order.prefix(TheftAttack.seeds))
      let seeds = try running { () throws(RuntimeError) in try pool.rows(own).array(of: Float.self) }
      let width = lows.count
      return try made(count) { row, values in
        let left = row < own.count ? row : Self.below(own.count, &random)
        let right = row < own.count ? row : Self.below(own.count, &random)
        let share = Self.unit(&random)
        for place in 0..<width {
          values[row * width + place] =
            share * seeds[left * width + place] + (1 - share) * seeds[right * width + place]
        }
      }
    case .noise:
      let width = lows.count
      return try made(count) { row, values in
        for place in 0..<width {
          values[row * width + place] = lows[place] + Self.unit(&random) * (highs[place] - lows[place])
        }
      }
    }
  }

  /// Steps from some inputs along the sign of their slopes, within the range.
  /// - Parameters:
  ///   - inputs: [N, ...]
  ///   - slopes: as many elements.
  func stepped(_ inputs: Tensor, along slopes: [Float]) throws(TheftError) -> Tensor {
    let values = try running { () throws(RuntimeError) in try inputs.array(of: Float.self) }
    let width = lows.count
    return try made(inputs.rowCount ?? 0) { row, made in
      for place in 0..<width {
        let slope = slopes[row * width + place]
        let sign: Float = slope > 0 ? 1 : slope < 0 ? -1 : 0
        let range = highs[place] - lows[place]
        let stepped = values[row * width + place] + sign * TheftAttack.step * range
        made[row * width + place] = min(highs[place], max(lows[place], stepped))
      }
    }
  }

  func rows(_ chosen: [Int]) throws(TheftError) -> Tensor {
    try running { () throws(RuntimeError) in try pool.rows(chosen) }
  }

  private func made(_ count: Int, _ fill: (Int, inout [Float]) -> Void) throws(TheftError) -> Tensor {
    var values = [Float](repeating: 0, count: count * lows.count)
    for row in 0..<count { fill(row, &values) }
    return try running { () throws(RuntimeError) in try Tensor(float32: values, shape: [count] + shape) }
  }

  /// From 0 to 1.
  private static func unit(_ random: inout SeededRandom) -> Float { Float(random.next() >> 40) * 0x1p-24 }

  private static func below(_ bound: Int, _ random: inout SeededRandom) -> Int {
    Int(random.next().multipliedFullWidth(by: UInt64(max(1, bound))).high)
  }
}
