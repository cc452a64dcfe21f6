// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Operators that keep all elements and their order, and the one that keeps only the elements.
extension GradientRules {
  static let shapes = [
    GradientRule("Flatten", inferFlatten) { step throws(AutodiffError) in try step.reshapeBack() },
    GradientRule("Reshape", inferReshape) { step throws(AutodiffError) in try step.reshapeBack() },
    GradientRule("Squeeze", inferSqueeze) { step throws(AutodiffError) in try step.reshapeBack() },
    GradientRule("Unsqueeze", inferUnsqueeze) { step throws(AutodiffError) in try step.reshapeBack() },
    GradientRule("Transpose", inferTranspose) { step throws(AutodiffError) in
      let permutation = try step.node.permutation(rank: try step.shape(ofInput: 0).count)
      var inverse = permutation
      for (place, axis) in permutation.enumerated() { inverse[axis] = place }
      step.give(try step.builder.transpose(try step.gradient(), inverse), to: 0)
    },
  ]

  private static func inferFlatten(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape else { return [TensorFacts(facts.type, nil)] }
    let named = try node.int("axis", default: 1)
    // The axis may also stand behind the last one.
    let axis = named == shape.count ? named : try node.axis(named, rank: shape.count)
    return [TensorFacts(facts.type, [try shape.prefix(axis).product(), try shape.dropFirst(axis).product()])]
  }

  private static func inferReshape(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    let target = builder.facts[try node.input(1)]
    guard let wanted = target?.content else {
      // How many sizes there are may be known although they are not.
      guard let rank = target?.shape?.first?.size, rank <= 64 else { return [TensorFacts(facts.type, nil)] }
      return [TensorFacts(facts.type, (0..<rank).map { _ in builder.symbols.fresh() })]
    }
    let copiesZero = try node.int("allowzero", default: 0) == 0
    var shape: [Dim] = []
    var open: Int?
    for (axis, dim) in wanted.enumerated() {
      if dim == Dim(0), copiesZero {
        guard let source = facts.shape else { return [TensorFacts(facts.type, nil)] }
        guard axis < source.count else { throw node.invalid("copies a size that its input does not have") }
        shape.append(source[axis])
      } else if dim == Dim(-1) {
        guard open == nil else { throw node.invalid("leaves two sizes open") }
        open = axis
        shape.append(Dim(1))
      } else {
        guard dim.factor >= 0 else { throw node.invalid("asks for a negative size") }
        shape.append(dim)
      }
    }
    if let open {
      let fixed = try shape.product()
      if let all = try facts.shape?.product(), let rest = all.divided(by: fixed) {
        shape[open] = rest
      } else {
        shape[open] = builder.symbols.derived(
          "rest of \(facts.shape.map { "\($0)" } ?? node.label) by \(fixed)")
      }
    }
    return [TensorFacts(facts.type, shape, content: shape.count <= 1 ? facts.content : nil)]
  }

  private static func inferSqueeze(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard var shape = facts.shape else { return [TensorFacts(facts.type, nil)] }
    if let named = try node.namedAxes(builder) {
      for axis in try node.axes(named, rank: shape.count).reversed() { shape.remove(at: axis) }
    } else {
      guard node.optionalInput(1) == nil, shape.allSatisfy({ $0.size != nil }) else {
        return [TensorFacts(facts.type, nil)]
      }
      shape.removeAll(where: \.isOne)
    }
    return [TensorFacts(facts.type, shape, content: facts.content)]
  }

  private static func inferUnsqueeze(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard var shape = facts.shape, let named = try node.namedAxes(builder) else {
      return [TensorFacts(facts.type, nil)]
    }
    for axis in try node.axes(named, rank: shape.count + named.count) { shape.insert(Dim(1), at: axis) }
    return [TensorFacts(facts.type, shape, content: shape.count <= 1 ? facts.content : nil)]
  }

  private static func inferTranspose(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape else { return [TensorFacts(facts.type, nil)] }
    return [TensorFacts(facts.type, try node.permutation(rank: shape.count).map { shape[$0] })]
  }
}

extension Node {
  fileprivate func permutation(rank: Int) throws(AutodiffError) -> [Int] {
    let permutation = try ints("perm") ?? Array((0..<rank).reversed())
    guard permutation.sorted() == Array(0..<rank) else { throw invalid("has a perm that is no permutation") }
    return permutation
  }

  /// The axes of Squeeze and Unsqueeze: an attribute before operator set 13, an input since. Nil when not known.
  fileprivate func namedAxes(_ builder: GraphBuilder) throws(AutodiffError) -> [Int]? {
    if let axes = try ints("axes") { return axes }
    guard let input = optionalInput(1), let content = builder.facts[input]?.content else { return nil }
    return try builder.sizes(content, input, for: self)
  }
}

extension Backward {
  fileprivate mutating func reshapeBack() throws(AutodiffError) {
    give(try builder.reshape(try gradient(), like: try input(0)), to: 0)
  }
}
