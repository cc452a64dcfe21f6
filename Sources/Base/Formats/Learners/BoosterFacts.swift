// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What an XGBoost model says of itself outside of its trees, in whatever order, and whether it agrees with them.
struct BoosterFacts: Sendable {
  /// Members of the model that are kept: all are short, or as long as there are trees or features.
  static let names: Set<String> = [
    "tree_info", "iteration_indptr", "weight_drop", "weights", "gbtree_model_param", "learner_model_param",
  ]

  private var values: [String: JSONValue] = [:]
  private var ids: Set<Int64> = []
  private var trees: Int?
  private var lastFeature: Int64 = -1
  private var isUnnumbered = false
  private var repeated: String?

  mutating func take(_ name: String, _ value: JSONValue) {
    if values.updateValue(value, forKey: name) != nil { repeated = name }
  }

  mutating func beginTrees() {
    if trees != nil { repeated = "trees" }
    trees = trees ?? 0
  }

  mutating func add(_ tree: BoosterTree) {
    trees = (trees ?? 0) + 1
    lastFeature = max(lastFeature, tree.lastFeature)
    if let id = tree.id { ids.insert(id) } else { isUnnumbered = true }
  }

  var errors: [StructureError] {
    var errors: [StructureError] = []
    func fail(_ harm: StructureError.Harm, _ reason: String) {
      errors.append(StructureError(harm, reason, at: 0))
    }
    if let repeated { fail(.broken, "\(repeated) stands twice in the model") }
    let features = number("learner_model_param", "num_feature")
    let classes = number("learner_model_param", "num_class") ?? 0
    let targets = number("learner_model_param", "num_target") ?? 1
    for (name, count) in [("classes", classes), ("targets", targets)] where !(0...1 << 20).contains(count) {
      fail(.exploit, "a model of \(count) \(name)")
    }
    let groups = max(classes, targets, 1)
    if let trees { check(trees: trees, groups: groups, fail) }
    if let features {
      if features < 0 || features > 1 << 32 { fail(.exploit, "a model of \(features) features") }
      if lastFeature >= features { fail(.exploit, "a tree looks at feature \(lastFeature) of \(features)") }
      if let weights = values["weights"]?.array?.count, (0..<1 << 32).contains(features),
        groups <= 1 << 20,
        weights != 0, Int64(weights) != (features + 1) * groups
      {
        fail(.exploit, "\(weights) weights for \(features) features and \(groups) outputs")
      }
    } else if lastFeature >= 0 {
      fail(.broken, "expected learner_model_param with num_feature")
    }
    return errors
  }

  private func check(trees: Int, groups: Int64, _ fail: (StructureError.Harm, String) -> Void) {
    if let stated = number("gbtree_model_param", "num_trees"), stated != trees {
      fail(.exploit, "it says it has \(stated) trees, and has \(trees)")
    }
    // The reader puts each tree where its number says, and leaves the other places empty.
    if isUnnumbered {
      fail(.broken, "expected a number of each tree, found a tree without")
    } else if ids.count != trees || ids.contains(where: { $0 < 0 || $0 >= trees }) {
      fail(.exploit, "expected the trees to be numbered from 0 to \(trees - 1), found other numbers")
    }
    if let info = values["tree_info"]?.array {
      if info.count != trees { fail(.exploit, "tree_info has \(info.count) entries for \(trees) trees") }
      if info.contains(where: { !(0..<groups).contains($0.integer ?? -1) }) {
        fail(.exploit, "a tree adds to an output beyond the \(groups) of the model")
      }
    } else if trees > 0 {
      fail(.broken, "expected tree_info")
    }
    if let bounds = values["iteration_indptr"]?.array {
      let numbers = bounds.map { $0.integer ?? -1 }
      let isOrdered = zip(numbers, numbers.dropFirst()).allSatisfy { $0 <= $1 }
      if numbers.first != 0 || Int(numbers.last ?? 0) != trees || !isOrdered {
        fail(.exploit, "iteration_indptr does not divide \(trees) trees")
      }
    }
    if let weights = values["weight_drop"]?.array, weights.count != trees {
      fail(.exploit, "weight_drop has \(weights.count) entries for \(trees) trees")
    }
  }

  /// Parameters are numbers written as texts.
  private func number(_ name: String, _ key: String) -> Int64? {
    guard let value = values[name]?[key] else { return nil }
    return value.integer ?? value.string.flatMap { Int64($0) } ?? -1
  }
}
