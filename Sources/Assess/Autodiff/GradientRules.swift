// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// Every operator that is known, and the only place where one is registered.
package enum GradientRules {
  /// The operator sets that the rules are written for.
  package static let operatorSets = 7...24

  /// The operators that a gradient passes through, sorted.
  package static var supported: [String] {
    all.values.filter { if case .rule = $0.derivative { true } else { false } }.map(\.op).sorted()
  }

  /// The operators whose derivative is zero, sorted.
  package static var zero: [String] {
    all.values.filter { if case .rule = $0.derivative { false } else { true } }.map(\.op).sorted()
  }

  static let all: [String: GradientRule] = {
    let rules =
      activations + laterActivations + elementary + trigonometry + arithmetic + extremes + choices
      + matrices + einsums + convolutions + transposedConvolutions + pools + globalPools + unpools
      + normalisations + standardisations + softmaxes + reductions + norms + scans
      + shapes + rearrangements + joins + selections + pads + resizes + gridSamples + affineGrids + scatters
      + attentions + recurrences + losses + selfAdjoint + columns + quantisations + zeroes
    return Dictionary(uniqueKeysWithValues: rules.map { ($0.op, $0) })
  }()
}

/// Shapes that many operators share.
enum Infer {
  /// Type and shape of the first input, for every output that has a name.
  static func same(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError) -> [TensorFacts?] {
    let facts = builder.facts[try node.input(0)]
    return [facts.map { TensorFacts($0.type, $0.shape) }]
  }

  /// The shape to which all inputs are broadcast, in the type of the first, or in `type`.
  static func broadcast(
    _ node: Node, _ builder: GraphBuilder, from first: Int = 0, type: ElementType? = nil
  ) throws(AutodiffError) -> [TensorFacts?] {
    var shapes: [[Dim]] = []
    guard let facts = builder.facts[try node.input(first)] else { return [nil] }
    for name in node.inputs {
      guard let shape = builder.facts[name]?.shape else { return [TensorFacts(type ?? facts.type, nil)] }
      shapes.append(shape)
    }
    return [TensorFacts(type ?? facts.type, try builder.broadcast(shapes, for: node))]
  }

  static func comparison(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError) -> [TensorFacts?] {
    try broadcast(node, builder, type: .bool)
  }
}

extension GraphBuilder {
  /// The numbers of some inputs that are short lists of sizes, each as long as the longest; nil where one is not known.
  func contents(of node: Node, _ inputs: [Int]) throws(AutodiffError) -> [[Dim]]? {
    var lists: [[Dim]] = []
    for input in inputs {
      guard let list = facts[try node.input(input)]?.content, !list.isEmpty else { return nil }
      lists.append(list)
    }
    let count = lists.map(\.count).max() ?? 0
    guard lists.allSatisfy({ $0.count == count || $0.count == 1 }) else { return nil }
    return lists.map { $0.count == count ? $0 : [Dim](repeating: $0[0], count: count) }
  }
}
