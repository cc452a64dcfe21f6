// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// An XGBoost model in JSON or Universal Binary JSON: its trees are looked at one by one and not kept.
package struct BoosterModel: Sendable {
  package private(set) var isModel = false
  package private(set) var errors: [StructureError] = []

  /// Objects on the way to the trees.
  private static let path: Set<String> = [
    "learner", "gradient_booster", "gbtree", "model", "Model", "Learner",
  ]

  package init(ubjson bytes: Bytes) {
    do throws(StructureError) {
      var reader = UBJSONReader(bytes.span)
      try walk(&reader, depth: 0)
      try reader.end()
    } catch { errors.append(error) }
  }

  package init(json bytes: Bytes) {
    do throws(JSONError) {
      var reader = JSONReader(bytes.span)
      try walk(&reader, depth: 0)
      try reader.end()
    } catch { errors.append(StructureError(.broken, "\(error)", at: 0)) }
  }

  private mutating func walk(_ reader: inout UBJSONReader, depth: Int) throws(StructureError) {
    var model = self
    try reader.eachMember { reader, name throws(StructureError) in
      if depth == 0, name == "learner" || name == "Model" { model.isModel = true }
      if depth < 8, Self.path.contains(name) {
        try model.walk(&reader, depth: depth + 1)
      } else if name == "trees", depth > 0 {
        try reader.eachElement { reader, type throws(StructureError) in
          let at = reader.offset
          model.check(try reader.value(type: type), at: at)
        }
      } else {
        try reader.skipValue(depth: depth + 1)
      }
    }
    self = model
  }

  private mutating func walk(_ reader: inout JSONReader, depth: Int) throws(JSONError) {
    var model = self
    try reader.eachMember { reader, name throws(JSONError) in
      if depth == 0, name == "learner" || name == "Model" { model.isModel = true }
      if depth < 8, Self.path.contains(name) {
        try model.walk(&reader, depth: depth + 1)
      } else if name == "trees", depth > 0 {
        try reader.eachElement { reader throws(JSONError) in
          let at = reader.offset
          model.check(try reader.value(), at: at)
        }
      } else {
        _ = try reader.skipValue(depth: depth + 1)
      }
    }
    self = model
  }

  /// Children must lie in their tree, and every path must end.
  private mutating func check(_ tree: JSONValue, at offset: Int) {
    guard errors.count < 64 else { return }
    func fail(_ harm: StructureError.Harm, _ reason: String) {
      errors.append(StructureError(harm, "a tree: \(reason)", at: offset))
    }
    guard let left = tree["left_children"]?.array, let right = tree["right_children"]?.array else {
      return fail(.broken, "expected left_children and right_children")
    }
    guard left.count == right.count, left.count <= Limits.treeNodes else {
      return fail(.exploit, "\(left.count) left and \(right.count) right children")
    }
    let size = tree["tree_param"]?["size_leaf_vector"]?.string.flatMap(Int.init) ?? 1
    for key in [
      "parents", "split_indices", "split_conditions", "base_weights", "default_left", "sum_hessian",
      "loss_changes", "split_type",
    ] {
      guard let count = tree[key]?.array?.count else { continue }
      let isWide = key == "base_weights" && size > 1
      if count != left.count, !isWide, count != 0 || key != "split_type" {
        return fail(.exploit, "\(key) has \(count) entries for \(left.count) nodes")
      }
    }
    if let nodes = tree["tree_param"]?["num_nodes"]?.string.flatMap(Int.init), nodes != left.count {
      return fail(.exploit, "it says it has \(nodes) nodes, and has \(left.count)")
    }
    var seen = [Bool](repeating: false, count: left.count)
    for index in left.indices {
      guard let one = left[index].integer, let other = right[index].integer else {
        return fail(.broken, "children that are no numbers")
      }
      // A leaf is told by its left child; trees of several outputs put the number of its vector into the right one.
      if one == -1 {
        guard other >= -1, other < left.count else {
          return fail(.exploit, "the leaf \(index) points to \(other)")
        }
        continue
      }
      for child in [one, other] {
        guard child > 0, child < left.count else {
          return fail(.exploit, "node \(index) has the child \(child) of \(left.count) nodes")
        }
        guard !seen[Int(child)], child != index else {
          return fail(.exploit, "node \(child) has two parents, or is its own")
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
    if reached != linked { fail(.exploit, "its nodes form a loop") }
    if let features = tree["tree_param"]?["num_feature"]?.string.flatMap(Int64.init), features > 0,
      let indices = tree["split_indices"]?.array
    {
      for index in left.indices where left[index].integer != -1 {
        guard let feature = indices[index].integer, feature >= 0, feature < features else {
          return fail(.exploit, "node \(index) looks at a feature beyond \(features)")
        }
      }
    }
  }
}
