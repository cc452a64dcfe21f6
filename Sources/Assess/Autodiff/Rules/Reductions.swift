// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension GradientRules {
  static let reductions = [
    GradientRule("ReduceSum", inferReduction) { step throws(AutodiffError) in
      step.give(try step.builder.expand(try step.keptGradient(), like: try step.input(0)), to: 0)
    },
    GradientRule("ReduceMean", inferReduction) { step throws(AutodiffError) in try step.mean() },
  ]

  static func inferReduction(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape, let axes = try node.reducedAxes(rank: shape.count, builder) else {
      return [TensorFacts(facts.type, nil)]
    }
    let keeps = try node.int("keepdims", default: 1) != 0
    var result: [Dim] = []
    for (axis, dim) in shape.enumerated() {
      if !axes.contains(axis) { result.append(dim) } else if keeps { result.append(Dim(1)) }
    }
    return [TensorFacts(facts.type, result)]
  }
}

extension Node {
  /// The axes that go away, or nil when they are known only when the graph runs.
  func reducedAxes(rank: Int, _ builder: GraphBuilder) throws(AutodiffError) -> [Int]? {
    var named = try ints("axes") ?? []
    if let input = optionalInput(1) {
      guard let content = builder.facts[input]?.content else { return nil }
      named = try builder.sizes(content, input, for: self)
    }
    if named.isEmpty {
      return try int("noop_with_empty_axes", default: 0) != 0 ? [] : Array(0..<rank)
    }
    return try axes(named, rank: rank)
  }
}

extension Backward {
  /// The gradient with the axes that went away put back as size 1.
  func keptGradient() throws(AutodiffError) -> String { try kept(try gradient()) }

  /// A tensor in the shape of the output with the axes that went away put back as size 1.
  func kept(_ tensor: String) throws(AutodiffError) -> String {
    if node.op.hasPrefix("Global") { return tensor }
    guard let axes = try node.reducedAxes(rank: try shape(ofInput: 0).count, builder) else {
      throw node.refused("its axes are computed when the graph runs")
    }
    return try node.int("keepdims", default: 1) != 0 ? tensor : try builder.unsqueeze(tensor, axes: axes)
  }

  /// The axes that go away.
  func reducedAxes() throws(AutodiffError) -> [Int] {
    let rank = try shape(ofInput: 0).count
    if node.op.hasPrefix("Global") { return Array(min(2, rank)..<rank) }
    guard let axes = try node.reducedAxes(rank: rank, builder) else {
      throw node.refused("its axes are computed when the graph runs")
    }
    return axes
  }

  /// Each element gets its share of the gradient of the mean.
  mutating func mean() throws(AutodiffError) {
    let (x, kept) = (try input(0), try keptGradient())
    let all = try shape(ofInput: 0).product()
    let left = try builder.shape(of: try output(), for: node).product()
    let share: String
    if let count = all.divided(by: left)?.size, count > 0 {
      share = try builder.times(kept, 1 / Double(count))
    } else {
      let count = try builder.add("Div", try builder.add("Size", x), try builder.add("Size", try output()))
      share = try builder.add("Div", kept, try builder.cast(count, like: kept))
    }
    give(try builder.expand(share, like: x), to: 0)
  }
}
