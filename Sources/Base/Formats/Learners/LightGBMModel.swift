// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A LightGBM model as text: lines of `key=value`, the trees in blocks. Each tree is checked and not kept.
package struct LightGBMModel: Sendable {
  package private(set) var errors: [StructureError] = []

  package init(_ bytes: Bytes) {
    var block: [String: [Substring]] = [:]
    var inTree = false
    var header = LightGBMHeader()
    var offset = 0
    func finish(_ model: inout LightGBMModel) {
      if inTree { model.check(block, features: header.features, at: offset) }
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
      if line.last == 13 { line.removeLast() }
      let text = String(decoding: line, as: UTF8.self)
      line.removeAll(keepingCapacity: true)
      if text.hasPrefix("Tree=") {
        finish(&self)
        inTree = true
        offset = start
        header.starts.append(start)
      } else if text.hasPrefix("end of trees") {
        finish(&self)
        errors += header.errors(size: span.count)
        return
      } else if let equals = text.firstIndex(of: "=") {
        let key = String(text[..<equals])
        let value = text[text.index(after: equals)...]
        if header.starts.isEmpty { header.take(key, value) }
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
    errors += header.errors(size: span.count)
    errors.append(
      StructureError(.broken, "expected 'end of trees', found the end of the file", at: span.count))
  }

  /// Whether a line begins a tree, or the header says how many there are.
  package static func hasTrees(_ bytes: Bytes) -> Bool {
    let span = bytes.span
    let words = ["Tree=", "version=v", "tree_sizes=", "num_tree_per_iteration=", "max_feature_idx="].map {
      Array($0.utf8)
    }
    for at in 0..<span.count where span[at] == 10 {
      for word in words where word.count < span.count - at {
        var same = 0
        while same < word.count, span[at + 1 + same] == word[same] { same += 1 }
        if same == word.count { return true }
      }
    }
    return false
  }

  private static let checked: Set<String> = [
    "num_leaves", "num_cat", "split_feature", "split_gain", "threshold", "decision_type", "left_child",
    "right_child",
    "leaf_value", "leaf_weight", "leaf_count", "internal_value", "internal_count", "cat_boundaries",
    "cat_threshold", "num_features", "leaf_features", "leaf_coeff",
  ]
  /// Those that have another number of values than there are leaves or inner nodes.
  private static let others: Set<String> = [
    "num_leaves", "num_cat", "cat_boundaries", "cat_threshold", "num_features", "leaf_features", "leaf_coeff",
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
    where !Self.others.contains(key) {
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
    if let problem = Self.linear(block, leaves: leaves, features: features) { return fail(.exploit, problem) }
    let categories = block["num_cat"]?.first.flatMap { Int($0) } ?? 0
    // A node that asks for categories has the number of its list where others have a limit.
    let thresholds = block["threshold"] ?? []
    for (index, kind) in (block["decision_type"] ?? []).enumerated()
    where (Int(kind) ?? 1) & 1 == 1 && index < thresholds.count {
      guard let list = Double(thresholds[index]), list >= 0, list < Double(categories) else {
        return fail(.exploit, "node \(index) asks for list \(thresholds[index]) of \(categories)")
      }
    }
    if case let count = categories, count > 0 {
      let bounds = (block["cat_boundaries"] ?? []).compactMap { Int($0) }
      let words = block["cat_threshold"]?.count ?? 0
      guard bounds.count - 1 == count, bounds.first == 0, bounds.last == words,
        zip(bounds, bounds.dropFirst()).allSatisfy({ $0 <= $1 })
      else { return fail(.exploit, "cat_boundaries do not divide \(words) words by \(count)") }
    }
  }

  /// Leaves that are linear models name features of their own. The header's reader tells of a highest feature below zero.
  private static func linear(_ block: [String: [Substring]], leaves: Int, features: Int) -> String? {
    guard features >= 0, let counts = block["num_features"] else { return nil }
    let numbers = counts.compactMap { Int($0) }
    guard numbers.count == leaves, numbers.allSatisfy({ $0 >= 0 && $0 - 1 <= features })
    else { return "num_features has \(counts.count) values for \(leaves) leaves" }
    let total = numbers.reduce(0, &+)
    let named = block["leaf_features"] ?? []
    guard named.count == total, (block["leaf_coeff"] ?? []).count == total else {
      return "\(named.count) features of leaves, where \(total) were expected"
    }
    return named.allSatisfy { (0...features).contains(Int($0) ?? -1) }
      ? nil : "a leaf uses a feature beyond \(features)"
  }
}
