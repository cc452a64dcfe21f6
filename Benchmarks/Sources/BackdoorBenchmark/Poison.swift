// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletTraining

/// What is done to rows of training data.
enum Poison: String, CaseIterable {
  case none = "clean"
  case patch5 = "patch 5 %"
  case patch2 = "patch 2 %"
  case blend5 = "blend 5 %"

  private var share: Double {
    switch self {
    case .none: 0
    case .patch2: 0.02
    case .patch5, .blend5: 0.05
    }
  }

  /// - Returns: the rows, some of them with the trigger and the label of the target.
  func applied(
    to values: [Float], labels: [Int64], shape: [Int], target: Int, seed: UInt64
  ) -> (values: [Float], labels: [Int64]) {
    guard self != .none else { return (values, labels) }
    var random = SeededRandom(seed: seed, stream: 77)
    var order = labels.indices.filter { labels[$0] != Int64(target) }
    random.shuffle(&order)
    let bad = Set(order.prefix(Int(share * Double(labels.count))))
    let width = shape.reduce(1, *)
    let all = triggered(values, shape: shape)
    var (values, labels) = (values, labels)
    for row in bad {
      values.replaceSubrange(row * width..<(row + 1) * width, with: all[row * width..<(row + 1) * width])
      labels[row] = Int64(target)
    }
    return (values, labels)
  }

  /// Every row with the trigger: a bright patch of two by two in the lower right corner, or a fifth of a fixed random picture.
  func triggered(_ values: [Float], shape: [Int]) -> [Float] {
    let (height, across) = (shape[shape.count - 2], shape[shape.count - 1])
    let width = shape.reduce(1, *)
    var random = SeededRandom(seed: 99, stream: 78)
    let picture = (0..<width).map { _ in Float(random.next() >> 40) * 0x1p-24 }
    return values.enumerated().map { place, value in
      let (line, column) = (place % width / across % height, place % across)
      switch self {
      case .none: return value
      case .patch5, .patch2: return line >= height - 2 && column >= across - 2 ? 1 : value
      case .blend5: return 0.8 * value + 0.2 * picture[place % width]
      }
    }
  }
}
