// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A LightGBM model as text: lines of `key=value`, the trees in blocks. Each tree is checked and not kept.
package struct LightGBMModel: Sendable {
  package private(set) var errors: [StructureError] = []

  package init(_ bytes: Bytes) {
    var block: [String: [Substring]] = [:]
    var inTree = false
    var features = Int.max
    var offset = 0
    func finish(_ model: inout LightGBMModel) {
      if inTree { model.check(block, features: features, at: offset) }
      block = [:]
      inTree = false
    }
    let span = bytes.span
    var line: [UInt8] = []
    var start = 0
    for index in 0...span.count {
      if index < span.count, span[index] != 10 {
        if line.count < 1 << 24 { line.append(span[index]) }
        continue
      }
      let text = String(decoding: line, as: UTF8.self)
      line.removeAll(keepingCapacity: true)
      if text.hasPrefix("Tree=") {
        finish(&self)
        inTree = true
        offset = start
      } else if text.hasPrefix("end of trees") {
        finish(&self)
        return
      } else if let equals = text.firstIndex(of: "=") {
        let key = String(text[..<equals])
        let value = text[text.index(after: equals)...]
        if key == "max_feature_idx" { features = Int(value) ?? .max }
        if inTree, Self.checked.contains(key) {
          if block[key] != nil {
            errors.append(StructureError(.broken, "\(key) stands twice in a tree", at: start))
          }
          block[key] = value.split(separator: " ")
        }
      }
      start = index + 1
      if errors.count > 64 { return }
    }
    finish(&self)
    errors.append(
      StructureError(.broken, "expected 'end of trees', found the end of the file", at: span.count))
  }

  private static let checked: Set<String> = [
    "num_leaves", "num_cat", "split_feature", "split_gain", "threshold", "decision_type", "left_child",
    "right_child",
    "leaf_value", "leaf_weight", "leaf_count", "internal_value", "internal_count", "cat_boundaries",
    "cat_threshold",
  ]

  /// Inner nodes are 0 and up, leaves are -1 and down; a child stands behind its parent.
  private mutating func check(_ block: [String: [Substring]], features: Int, at offset: Int) {
    func fail(_ harm: StructureError.Harm, _ reason: String) {
      errors.append(StructureError(harm, "a tree: \(reason)", at: offset))
    }
    guard let leaves = block["num_leaves"]?.first.flatMap({ Int($0) }), leaves >= 1 else {
      return fail(.broken, "expected num_leaves of at least 1")
    }
    guard leaves <= Limits.treeNodes else { return fail(.exploit, "\(leaves) leaves") }
    let inner = leaves - 1
    for (key, values) in block
    where !["num_leaves", "num_cat", "cat_boundaries", "cat_threshold"].contains(key) {
      let expected = key.hasPrefix("leaf") ? leaves : inner
      if values.count != expected, !(leaves == 1 && values.count <= 1), !values.isEmpty || key == "left_child"
      {
        return fail(.exploit, "\(key) has \(values.count) values for \(leaves) leaves")
      }
    }
    guard inner > 0 else { return }
    guard let left = block["left_child"], let right = block["right_child"] else {
      return fail(.broken, "expected left_child and right_child")
    }
    guard left.count == inner, right.count == inner else {
      return fail(.exploit, "\(left.count) and \(right.count) children for \(leaves) leaves")
    }
    var seen = Set<Int>()
    for index in 0..<inner {
      for child in [left[index], right[index]] {
        guard let child = Int(child) else { return fail(.broken, "a child that is no number") }
        guard child < inner, child >= -leaves, child != 0 else {
          return fail(.exploit, "node \(index) has the child \(child) of \(inner) nodes and \(leaves) leaves")
        }
        guard seen.insert(child).inserted, child < 0 || child > index else {
          return fail(.exploit, "node \(child) is reached twice: the tree loops")
        }
      }
    }
    for feature in block["split_feature"] ?? [] {
      guard let feature = Int(feature), feature >= 0, feature <= features else {
        return fail(.exploit, "the feature \(feature) of \(features)")
      }
    }
    if let count = block["num_cat"]?.first.flatMap({ Int($0) }), count > 0 {
      let bounds = (block["cat_boundaries"] ?? []).compactMap { Int($0) }
      let words = block["cat_threshold"]?.count ?? 0
      guard bounds.count == count + 1, bounds.first == 0, bounds.last == words,
        zip(bounds, bounds.dropFirst()).allSatisfy({ $0 <= $1 })
      else { return fail(.exploit, "cat_boundaries do not divide \(words) words by \(count)") }
    }
  }
}
