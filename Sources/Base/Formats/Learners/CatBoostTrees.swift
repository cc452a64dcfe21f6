// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A CatBoost model as JSON (`features_info`, `oblivious_trees` or `trees`): its numbers are positions in lists of features
/// and leaves.
package struct CatBoostTrees {
  package private(set) var errors: [StructureError] = []
  private let reals: Set<Int64>
  private let categories: Set<Int64>
  private let outputs: Int

  package init(_ model: JSONValue) {
    let features = model["features_info"]
    reals = Self.indices(features?["float_features"])
    categories = Self.indices(features?["categorical_features"])
    // The factor, and the value that each output begins with.
    outputs = max(1, model["scale_and_bias"]?.array?.last?.array?.count ?? 1)
    for tree in model["oblivious_trees"]?.array ?? [] { oblivious(tree) }
    for tree in model["trees"]?.array ?? [] { node(tree, depth: 0) }
  }

  private static func indices(_ features: JSONValue?) -> Set<Int64> {
    Set((features?.array ?? []).compactMap { $0["feature_index"]?.integer }.filter { $0 >= 0 })
  }

  private mutating func fail(_ reason: String) {
    if errors.count < 64 { errors.append(StructureError(.exploit, "a tree: \(reason)", at: 0)) }
  }

  /// All nodes of a level ask the same, so that there are as many leaves as answers.
  private mutating func oblivious(_ tree: JSONValue) {
    let splits = tree["splits"]?.array ?? []
    guard splits.count <= 24 else { return fail("\(splits.count) levels") }
    for split in splits { check(split) }
    let leaves = tree["leaf_values"]?.array?.count ?? 0
    guard leaves == outputs << splits.count else {
      return fail("\(leaves) leaves for \(splits.count) levels and \(outputs) outputs")
    }
    if let weights = tree["leaf_weights"]?.array?.count, weights != 0, weights != 1 << splits.count {
      fail("\(weights) weights for \(1 << splits.count) leaves")
    }
  }

  private mutating func node(_ node: JSONValue, depth: Int) {
    guard depth < Limits.jsonDepth else { return fail("deeper than \(Limits.jsonDepth)") }
    if let split = node["split"] { check(split) }
    for side in ["left", "right"] { if let child = node[side] { self.node(child, depth: depth + 1) } }
  }

  private mutating func check(_ split: JSONValue) {
    for (name, known) in [("float_feature_index", reals), ("cat_feature_index", categories)] {
      guard let index = split[name] else { continue }
      guard let number = index.integer, known.contains(number) else {
        return fail("a split looks at a feature that is not there")
      }
    }
    if let index = split["split_index"], (index.integer ?? -1) < 0 { fail("a split that is none") }
  }
}
