// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletTraining

/// Grows one tree of a forest.
struct TreeGrower {
  private let features: FeatureColumns
  private let labels: [Int]
  private let classes: Int
  private let recipe: ForestRecipe
  private let tried: Int
  private var random: SeededRandom
  /// The rows, each once, and how often each was drawn.
  private var rows: [Int] = []
  private var weights: [Int32]
  private var nodes: [DecisionForest.Node] = []
  private var order: [Int]
  private var keys: [UInt64] = []
  private let firstLeaf: Int
  private(set) var shares: [Float] = []

  init(
    _ features: FeatureColumns, labels: [Int], classes: Int, rows chosen: [Int], recipe: ForestRecipe,
    tree: Int, firstLeaf: Int
  ) {
    (self.features, self.labels, self.classes, self.recipe) = (features, labels, classes, recipe)
    self.firstLeaf = firstLeaf
    tried = max(1, Int(Double(features.count).squareRoot()))
    random = SeededRandom(seed: recipe.seed, stream: UInt64(tree) + 16)
    order = Array(0..<features.count)
    weights = [Int32](repeating: 0, count: features.rows)
    for _ in chosen { weights[chosen[random.below(chosen.count)]] += 1 }
    rows = chosen.filter { weights[$0] > 0 }
  }

  private struct Split {
    var feature = -1
    var threshold: Float = 0
    var gain = -Double.infinity
  }

  /// Grown breadth by breadth from a list of what is left to do, so that the depth is bound by nothing but the rows.
  mutating func grown() -> [DecisionForest.Node] {
    nodes = [.init(feature: -1, threshold: 0, next: 0)]
    var left = [(node: 0, rows: 0..<rows.count, depth: 0)]
    while let (node, part, depth) = left.popLast() {
      var counts = [Double](repeating: 0, count: classes)
      for row in rows[part] { counts[labels[row]] += Double(weights[row]) }
      let isPure = counts.count { $0 > 0 } < 2
      let isDeep = recipe.depth.map { depth >= $0 } ?? false
      guard !isPure, !isDeep, part.count >= 2 * recipe.leaf, let split = best(part, counts),
        case let middle = divide(part, split), middle > part.lowerBound, middle < part.upperBound
      else {
        let total = max(1, counts.reduce(0, +))
        nodes[node] = .init(feature: -1, threshold: 0, next: Int32(firstLeaf + shares.count / classes))
        shares += counts.map { Float($0 / total) }
        continue
      }
      nodes[node] = .init(
        feature: Int32(split.feature), threshold: split.threshold, next: Int32(nodes.count))
      left.append((nodes.count, part.lowerBound..<middle, depth + 1))
      left.append((nodes.count + 1, middle..<part.upperBound, depth + 1))
      for _ in 0..<2 { nodes.append(.init(feature: -1, threshold: 0, next: 0)) }
    }
    return nodes
  }

  /// The best threshold among features in random order, of which constant ones do not count.
  private mutating func best(_ part: Range<Int>, _ counts: [Double]) -> Split? {
    var split = Split()
    var seen = 0
    random.shuffle(&order)
    for feature in order {
      guard sort(part, by: feature) else { continue }
      consider(feature, part, counts, &split)
      seen += 1
      if seen == tried { break }
    }
    return split.feature >= 0 ? split : nil
  }

  /// Puts the values with their places in the part in order.
  /// - Returns: false where all are the same.
  private mutating func sort(_ part: Range<Int>, by feature: Int) -> Bool {
    keys.removeAll(keepingCapacity: true)
    let base = feature * features.rows
    for place in part {
      let bits = features.values[base + rows[place]].bitPattern
      // Turned so that the order of the numbers is that of the bits.
      let ordered = bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits
      keys.append(UInt64(ordered) << 32 | UInt64(place - part.lowerBound))
    }
    keys.sort()
    return keys[0] >> 32 != keys[keys.count - 1] >> 32
  }

  private func value(_ key: UInt64) -> Float {
    let ordered = UInt32(truncatingIfNeeded: key >> 32)
    return Float(bitPattern: ordered >> 31 == 1 ? ordered & 0x7FFF_FFFF : ~ordered)
  }

  private func consider(_ feature: Int, _ part: Range<Int>, _ counts: [Double], _ split: inout Split) {
    var lower = [Double](repeating: 0, count: classes)
    var upper = counts
    var (below, above) = (0.0, counts.reduce(0, +))
    var (squaresBelow, squaresAbove) = (0.0, counts.reduce(0) { $0 + $1 * $1 })
    for place in 0..<keys.count - 1 {
      let row = rows[part.lowerBound + Int(keys[place] & 0xFFFF_FFFF)]
      let (weight, label) = (Double(weights[row]), labels[row])
      squaresBelow += weight * (2 * lower[label] + weight)
      squaresAbove -= weight * (2 * upper[label] - weight)
      lower[label] += weight
      upper[label] -= weight
      below += weight
      above -= weight
      guard keys[place] >> 32 != keys[place + 1] >> 32, place + 1 >= recipe.leaf,
        keys.count - place - 1 >= recipe.leaf
      else { continue }
      let gain = squaresBelow / below + squaresAbove / above
      guard gain > split.gain else { continue }
      let (low, high) = (value(keys[place]), value(keys[place + 1]))
      let middle = low / 2 + high / 2
      // Rounding must not put the threshold on the upper value.
      split = Split(feature: feature, threshold: middle < high ? middle : low, gain: gain)
    }
  }

  /// Puts the rows at most the threshold first.
  /// - Returns: where the others begin.
  private mutating func divide(_ part: Range<Int>, _ split: Split) -> Int {
    let base = split.feature * features.rows
    var middle = part.lowerBound
    for place in part where features.values[base + rows[place]] <= split.threshold {
      rows.swapAt(place, middle)
      middle += 1
    }
    return middle
  }
}

extension SeededRandom {
  /// Evenly from 0 to below a bound above 0.
  package mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}
