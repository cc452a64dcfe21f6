// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// One tree of an XGBoost model. XGBoost takes most of its numbers for positions without looking
/// (`src/tree/tree_model.cc`, `src/predictor`), so that each is looked at here.
struct BoosterTree {
  /// The first thing that is wrong with it.
  private(set) var problem: (harm: StructureError.Harm, reason: String)?
  /// Its place among the trees.
  private(set) var id: Int64?
  /// The highest feature that a node looks at, -1 when none does.
  private(set) var lastFeature: Int64 = -1

  private let tree: JSONValue
  private let left: [JSONValue]
  private let right: [JSONValue]
  /// Trees of several outputs put the number of a leaf's vector into its right child.
  private var outputs: Int { tree["tree_param"]?["size_leaf_vector"]?.string.flatMap(Int.init) ?? 1 }

  init(_ tree: JSONValue) {
    self.tree = tree
    left = tree["left_children"]?.array ?? []
    right = tree["right_children"]?.array ?? []
    id = tree["id"]?.integer
    guard tree["left_children"]?.array != nil, tree["right_children"]?.array != nil else {
      problem = (.broken, "expected left_children and right_children")
      return
    }
    problem = sizes() ?? children() ?? parents()
    if problem == nil { problem = features() }
    if problem == nil { problem = categories() }
  }

  private typealias Problem = (harm: StructureError.Harm, reason: String)

  /// Lists of one entry for each node.
  private func sizes() -> Problem? {
    guard left.count == right.count, left.count <= Limits.treeNodes else {
      return (.exploit, "\(left.count) left and \(right.count) right children")
    }
    for key in [
      "parents", "split_indices", "split_conditions", "base_weights", "default_left", "sum_hessian",
      "loss_changes", "split_type",
    ] {
      guard let count = tree[key]?.array?.count else { continue }
      let isWide = key == "base_weights" && outputs > 1
      if count != left.count, !isWide, count != 0 || key != "split_type" {
        return (.exploit, "\(key) has \(count) entries for \(left.count) nodes")
      }
    }
    if let nodes = tree["tree_param"]?["num_nodes"]?.string.flatMap(Int.init), nodes != left.count {
      return (.exploit, "it says it has \(nodes) nodes, and has \(left.count)")
    }
    return nil
  }

  /// Children must lie in their tree, and every path must end.
  private func children() -> Problem? {
    var seen = [Bool](repeating: false, count: left.count)
    for index in left.indices {
      guard let one = left[index].integer, let other = right[index].integer else {
        return (.broken, "children that are no numbers")
      }
      if one == -1 {
        guard other >= -1, other < left.count else {
          return (.exploit, "the leaf \(index) points to \(other)")
        }
        continue
      }
      for child in [one, other] {
        guard child > 0, child < left.count else {
          return (.exploit, "node \(index) has the child \(child) of \(left.count) nodes")
        }
        guard !seen[Int(child)], child != index else {
          return (.exploit, "node \(child) has two parents, or is its own")
        }
        seen[Int(child)] = true
      }
    }
    // Each node has at most one parent and the root has none, so what the root does not reach could only be a loop.
    var stack = left.isEmpty ? [] : [0]
    var reached = 0
    while let node = stack.popLast() {
      reached += 1
      guard let one = left[node].integer, one > 0, let other = right[node].integer else { continue }
      stack += [Int(one), Int(other)]
    }
    let linked = seen.count { $0 } + (left.isEmpty ? 0 : 1)
    return reached == linked ? nil : (.exploit, "its nodes form a loop")
  }

  /// Loading a tree looks up the parent of every node but the first.
  private func parents() -> Problem? {
    guard let parents = tree["parents"]?.array else {
      return left.count > 1 ? (.broken, "expected parents") : nil
    }
    for index in parents.indices {
      guard let parent = parents[index].integer else { return (.broken, "parents that are no numbers") }
      if index == 0, parent == -1 || parent == Int64(Int32.max) { continue }
      guard parent >= 0, parent < left.count, parent != index || index == 0 else {
        return (.exploit, "node \(index) has the parent \(parent) of \(left.count) nodes")
      }
    }
    for index in left.indices where left[index].integer != -1 {
      for child in [left[index].integer, right[index].integer] {
        guard let child, parents[Int(child)].integer != Int64(index) else { continue }
        return (.exploit, "node \(child) is a child of \(index) and has another parent")
      }
    }
    return nil
  }

  private mutating func features() -> Problem? {
    guard let indices = tree["split_indices"]?.array else {
      return left.count > 1 ? (.broken, "expected split_indices") : nil
    }
    for index in left.indices where left[index].integer != -1 {
      guard let feature = indices[index].integer, feature >= 0 else {
        return (.exploit, "node \(index) looks at a feature that is none")
      }
      lastFeature = max(lastFeature, feature)
    }
    let stated = tree["tree_param"]?["num_feature"]?.string.flatMap(Int64.init) ?? 0
    return stated <= 0 || lastFeature < stated
      ? nil : (.exploit, "a node looks at feature \(lastFeature) of \(stated)")
  }

  /// Nodes that ask for a category have their part of one list of all categories.
  private func categories() -> Problem? {
    let nodes = tree["categories_nodes"]?.array ?? []
    let starts = tree["categories_segments"]?.array ?? []
    let sizes = tree["categories_sizes"]?.array ?? []
    let all = tree["categories"]?.array ?? []
    guard nodes.count == starts.count, nodes.count == sizes.count else {
      return (.exploit, "\(nodes.count) nodes, \(starts.count) starts and \(sizes.count) sizes of categories")
    }
    var last: Int64 = -1
    for index in nodes.indices {
      guard let node = nodes[index].integer, node > last, node < left.count else {
        return (.exploit, "categories of a node that is not there, or out of order")
      }
      last = node
      guard let start = starts[index].integer, let size = sizes[index].integer, start >= 0, size > 0,
        start <= all.count, size <= Int64(all.count) - start
      else { return (.exploit, "categories of node \(node) outside of their list of \(all.count)") }
    }
    // XGBoost itself takes no category from 2^24 on, and makes a list of as many bits.
    for category in all {
      guard let category = category.integer, category >= 0, category < 1 << 24 else {
        return (.exploit, "a category that is none")
      }
    }
    let asking = (tree["split_type"]?.array ?? []).indices.filter {
      tree["split_type"]?.array?[$0].integer == 1 && left[$0].integer != -1
    }
    return asking.count <= nodes.count ? nil : (.broken, "a node that asks for a category has none")
  }
}
