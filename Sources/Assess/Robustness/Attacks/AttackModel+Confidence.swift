// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

extension AttackModel {
  /// The share that softmax gives to a class of each point.
  /// - Parameter batch: points that are asked about together.
  func confidences(
    _ points: [[Float]], _ classes: [Int64], _ batch: Int
  ) throws(RobustnessError) -> [Float?] {
    var result: [Float?] = []
    while result.count < points.count {
      let part = result.count..<min(result.count + batch, points.count)
      let scores = try logits(points[part].flatMap { $0 }, count: part.count)
      for (place, index) in part.enumerated() {
        let own = scores[place * classCount..<(place + 1) * classCount]
        guard let most = own.max(), most.isFinite, (0..<Int64(classCount)).contains(classes[index])
        else {
          result.append(nil)
          continue
        }
        let share = exp(own[own.startIndex + Int(classes[index])] - most)
        result.append(share / own.reduce(0) { $0 + exp($1 - most) })
      }
    }
    return result
  }
}
