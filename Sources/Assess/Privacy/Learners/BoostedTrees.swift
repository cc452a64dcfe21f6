// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletLearners

/// Shallow trees, each grown on what the ones before got wrong (Friedman 2001), with second-order leaves and histograms as in
/// XGBoost (Chen and Guestrin 2016).
struct BoostedTrees: Sendable {
  enum Goal: Sendable {
    /// A number: squared error.
    case value
    /// The logit of a probability: logistic loss of targets from 0 to 1.
    case probability
  }

  struct Recipe: Sendable, Equatable {
    var trees = 80
    var depth = 3
    var rate = 0.1
    /// Added to the curvature of each leaf.
    var shrinkage = 1.0
    /// The least curvature of a leaf: for squared error, rows.
    var leaf = 5.0
  }

  /// A whole tree: inner nodes by level, then the leaves.
  struct Tree: Sendable {
    var features: [Int]
    var thresholds: [Float]
    var leaves: [Double]

    /// The leaf of a row.
    /// - Parameter values: feature `f` of row `r` at `f * rows + r`.
    func value(_ values: [Float], _ row: Int, of rows: Int) -> Double {
      var place = 0
      while place < features.count {
        let value = values[features[place] * rows + row]
        place = 2 * place + (value <= thresholds[place] ? 1 : 2)
      }
      return leaves[place - features.count]
    }
  }

  private var trees: [Tree] = []
  private var base = 0.0

  /// - Parameters:
  ///   - targets: one a row.
  ///   - weights: how much each row counts; one when left out.
  init(
    _ features: FeatureColumns, targets: [Double], weights: [Double]? = nil, goal: Goal,
    recipe: Recipe = Recipe()
  ) {
    let weights = weights ?? [Double](repeating: 1, count: features.rows)
    let total = max(weights.reduce(0, +), .leastNormalMagnitude)
    let mean = zip(targets, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    switch goal {
    case .value: base = mean
    case .probability:
      let share = min(max(mean, 1e-6), 1 - 1e-6)
      base = log(share / (1 - share))
    }
    let bins = Bins(features)
    var scores = [Double](repeating: base, count: features.rows)
    var slopes = [Double](repeating: 0, count: features.rows)
    var curvatures = slopes
    for _ in 0..<recipe.trees {
      for row in 0..<features.rows {
        switch goal {
        case .value: (slopes[row], curvatures[row]) = (scores[row] - targets[row], 1)
        case .probability:
          let p = 1 / (1 + exp(-scores[row]))
          (slopes[row], curvatures[row]) = (p - targets[row], max(p * (1 - p), 1e-9))
        }
        slopes[row] *= weights[row]
        curvatures[row] *= weights[row]
      }
      let (tree, places) = Self.grown(bins, slopes, curvatures, recipe)
      for row in 0..<features.rows { scores[row] += tree.leaves[places[row]] }
      trees.append(tree)
    }
  }

  /// The values, or the logits of the probabilities.
  func scores(_ features: FeatureColumns) -> [Double] {
    var scores = [Double](repeating: base, count: features.rows)
    let (values, rows) = (features.values, features.rows)
    for tree in trees { for row in 0..<rows { scores[row] += tree.value(values, row, of: rows) } }
    return scores
  }

  /// Each feature cut into at most 64 parts with about as many rows.
  struct Bins {
    let rows: Int
    /// Feature `f` of row `r` at `f * rows + r`.
    var codes: [UInt8] = []
    /// The upper ends of all parts but the last, by feature.
    var ends: [[Float]] = []

    static let most = 64

    init(_ features: FeatureColumns) {
      rows = features.rows
      for feature in 0..<features.count {
        let column = features.column(feature)
        let sorted = column.sorted()
        var ends: [Float] = []
        for part in 1..<Self.most where !sorted.isEmpty {
          let end = sorted[min(part * sorted.count / Self.most, sorted.count - 1)]
          if end < sorted[sorted.count - 1], ends.last.map({ end > $0 }) ?? true { ends.append(end) }
        }
        codes += column.map { value in
          var (low, high) = (0, ends.count)
          while low < high {
            let middle = (low + high) / 2
            if value <= ends[middle] { high = middle } else { low = middle + 1 }
          }
          return UInt8(low)
        }
        self.ends.append(ends)
      }
    }
  }

  /// - Returns: the tree, and the leaf of each row.
  static func grown(
    _ bins: Bins, _ slopes: [Double], _ curvatures: [Double], _ recipe: Recipe
  ) -> (Tree, [Int]) {
    let inner = (1 << recipe.depth) - 1
    var tree = Tree(
      features: [Int](repeating: 0, count: inner),
      thresholds: [Float](repeating: .infinity, count: inner), leaves: [])
    var places = [Int](repeating: 0, count: bins.rows)
    for level in 0..<recipe.depth {
      let (first, count) = ((1 << level) - 1, 1 << level)
      var best = [(gain: Double, feature: Int, bin: Int)](repeating: (1e-9, -1, 0), count: count)
      for feature in bins.ends.indices where !bins.ends[feature].isEmpty {
        var slopeSums = [Double](repeating: 0, count: count * Bins.most)
        var curvatureSums = slopeSums
        for row in 0..<bins.rows {
          let cell = (places[row] - first) * Bins.most + Int(bins.codes[feature * bins.rows + row])
          slopeSums[cell] += slopes[row]
          curvatureSums[cell] += curvatures[row]
        }
        for node in 0..<count {
          let cells = node * Bins.most..<(node + 1) * Bins.most
          let (slope, curvature) = (slopeSums[cells].reduce(0, +), curvatureSums[cells].reduce(0, +))
          let before = slope * slope / (curvature + recipe.shrinkage)
          var (slopeBelow, curvatureBelow) = (0.0, 0.0)
          for bin in bins.ends[feature].indices {
            slopeBelow += slopeSums[cells.lowerBound + bin]
            curvatureBelow += curvatureSums[cells.lowerBound + bin]
            let (slopeAbove, curvatureAbove) = (slope - slopeBelow, curvature - curvatureBelow)
            guard curvatureBelow >= recipe.leaf, curvatureAbove >= recipe.leaf else { continue }
            let gain =
              slopeBelow * slopeBelow / (curvatureBelow + recipe.shrinkage)
              + slopeAbove * slopeAbove / (curvatureAbove + recipe.shrinkage) - before
            if gain > best[node].gain { best[node] = (gain, feature, bin) }
          }
        }
      }
      for node in 0..<count where best[node].feature >= 0 {
        tree.features[first + node] = best[node].feature
        tree.thresholds[first + node] = bins.ends[best[node].feature][best[node].bin]
      }
      for row in 0..<bins.rows {
        let chosen = best[places[row] - first]
        // A node that is not divided sends all of its rows to one side.
        let isBelow =
          chosen.feature < 0 || Int(bins.codes[chosen.feature * bins.rows + row]) <= chosen.bin
        places[row] = 2 * places[row] + (isBelow ? 1 : 2)
      }
    }
    var slopeSums = [Double](repeating: 0, count: inner + 1)
    var curvatureSums = slopeSums
    for row in 0..<bins.rows {
      places[row] -= inner
      slopeSums[places[row]] += slopes[row]
      curvatureSums[places[row]] += curvatures[row]
    }
    tree.leaves = zip(slopeSums, curvatureSums).map { -recipe.rate * $0 / ($1 + recipe.shrinkage) }
    return (tree, places)
  }
}
