// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletONNXSchema

/// How large the trees of a tree ensemble are, read from its `TreeEnsembleClassifier` (ai.onnx.ml 1 to 4).
package struct ForestShape: Sendable, Equatable {
  package let trees: Int
  /// Of the deepest tree.
  package let depth: Int
  package let meanLeaves: Double
  /// Whether half of the trees end at one depth, as trees do whose depth was limited.
  let isDepthLimited: Bool
  /// How often trees were added, of trees whose scores add up instead of voting; nil for those that vote.
  let rounds: Int?

  /// - Returns: nil for a model without such a node, or with several.
  init?(of model: ONNXModel) {
    let nodes = model.proto.graph.node.filter { $0.opType.hasPrefix("TreeEnsemble") }
    guard nodes.count == 1, nodes[0].opType == "TreeEnsembleClassifier", nodes[0].domain == "ai.onnx.ml"
    else {
      return nil
    }
    var integers: [String: [Int64]] = [:]
    var modes: [String] = []
    var addsUp = false
    for attribute in nodes[0].attribute {
      if attribute.name == "nodes_modes" {
        modes = attribute.strings.map { String(decoding: $0, as: UTF8.self) }
      } else if attribute.name == "post_transform" {
        addsUp = String(decoding: attribute.s, as: UTF8.self) != "NONE"
      } else {
        integers[attribute.name] = attribute.ints
      }
    }
    guard let trees = integers["nodes_treeids"], let ids = integers["nodes_nodeids"],
      let lower = integers["nodes_truenodeids"], let upper = integers["nodes_falsenodeids"], !trees.isEmpty,
      [ids.count, lower.count, upper.count, modes.count].allSatisfy({ $0 == trees.count })
    else { return nil }
    // One tree for each class and round, or one for the only score of two classes.
    let sums = addsUp ? max(1, Set(integers["class_ids"] ?? []).count) : nil
    self.init(
      trees: trees, ids: ids, lower: lower, upper: upper, isLeaf: modes.map { $0 == "LEAF" }, sums: sums)
  }

  private init?(
    trees: [Int64], ids: [Int64], lower: [Int64], upper: [Int64], isLeaf: [Bool], sums: Int?
  ) {
    struct Place: Hashable { let tree, node: Int64 }
    var places: [Place: Int] = [:]
    for place in trees.indices { places[Place(tree: trees[place], node: ids[place])] = place }
    var depths: [Int64: Int] = [:]
    var leaves = 0
    // Each node is seen once, also where a hostile file goes in circles.
    var seen = [Bool](repeating: false, count: trees.count)
    for tree in Set(trees) {
      var left = [(place: places[Place(tree: tree, node: 0)], depth: 0)]
      while let (place, depth) = left.popLast() {
        guard let place, !seen[place] else { return nil }
        seen[place] = true
        depths[tree] = max(depths[tree] ?? 0, depth)
        if isLeaf[place] {
          leaves += 1
        } else {
          left.append((places[Place(tree: tree, node: lower[place])], depth + 1))
          left.append((places[Place(tree: tree, node: upper[place])], depth + 1))
        }
      }
    }
    let deepest = depths.values.max() ?? 0
    (self.trees, depth) = (depths.count, deepest)
    meanLeaves = Double(leaves) / Double(depths.count)
    rounds = sums.map { max(1, depths.count / $0) }
    isDepthLimited = depths.count > 1 && depths.values.count { $0 == deepest } * 2 >= depths.count
  }
}
