// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How a forest is grown: Breiman's (2001), with the defaults that scikit-learn has.
package struct ForestRecipe: Sendable, Equatable {
  package var trees: Int
  /// Nil for trees that grow until their leaves are pure.
  package var depth: Int?
  /// The fewest rows of a leaf.
  package var leaf = 1
  package var seed: UInt64 = 0

  package init(trees: Int, depth: Int? = nil, leaf: Int = 1, seed: UInt64 = 0) {
    (self.trees, self.depth, self.leaf, self.seed) = (trees, depth, leaf, seed)
  }
}

/// Trees that each tell the class from the rows they were grown on, and are asked together.
package struct DecisionForest: Sendable {
  package struct Node: Sendable {
    /// -1 for a leaf.
    package let feature: Int32
    package let threshold: Float
    /// The place of the node for values at most the threshold; the other one follows it. For a leaf, the place of its shares.
    package let next: Int32
  }

  package let classes: Int
  package private(set) var trees: [[Node]] = []
  /// The shares of the classes in each leaf, one after the other.
  private var shares: [Float] = []

  /// Grows the trees, each on rows drawn with replacement, by the Gini impurity among the square root of the features.
  /// - Parameters:
  ///   - labels: of all rows, below `classes`.
  ///   - chosen: the rows to learn from.
  package init(
    _ features: FeatureColumns, labels: [Int], classes: Int, rows chosen: [Int], recipe: ForestRecipe
  ) {
    self.classes = classes
    for tree in 0..<recipe.trees {
      var grower = TreeGrower(
        features, labels: labels, classes: classes, rows: chosen, recipe: recipe, tree: tree,
        firstLeaf: shares.count / classes)
      let nodes = grower.grown()
      trees.append(nodes)
      shares += grower.shares
    }
  }

  package var meanLeaves: Double {
    Double(trees.reduce(0) { $0 + $1.count { $0.feature < 0 } }) / Double(max(1, trees.count))
  }

  /// The mean of the trees' shares, [rows, classes].
  package func probabilities(_ features: FeatureColumns) -> [Float] {
    var sums = [Float](repeating: 0, count: features.rows * classes)
    let values = features.values
    for tree in trees {
      for row in 0..<features.rows {
        var place = 0
        while tree[place].feature >= 0 {
          let node = tree[place]
          let value = values[Int(node.feature) * features.rows + row]
          place = Int(node.next) + (value <= node.threshold ? 0 : 1)
        }
        let leaf = Int(tree[place].next) * classes
        for label in 0..<classes { sums[row * classes + label] += shares[leaf + label] }
      }
    }
    return sums.map { $0 / Float(max(1, trees.count)) }
  }
}
