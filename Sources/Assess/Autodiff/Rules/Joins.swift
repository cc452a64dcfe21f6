// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension GradientRules {
  static let joins = [
    GradientRule("Concat", inferConcat) { step throws(AutodiffError) in try step.concat() },
    GradientRule("Split", inferSplit) { step throws(AutodiffError) in
      var parts: [String] = []
      for (output, gradient) in zip(step.node.outputs, step.outputGradients) {
        if let gradient {
          parts.append(gradient)
        } else {
          guard !output.isEmpty else { throw step.node.refused("one of its outputs has no name") }
          parts.append(try step.builder.zeros(like: output))
        }
      }
      let axis = try step.node.axis(
        try step.node.int("axis", default: 0), rank: try step.shape(ofInput: 0).count)
      step.give(try step.builder.add("Concat", parts, outputs: 1, [.int("axis", axis)])[0], to: 0)
    },
  ]

  private static func inferConcat(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let first = builder.facts[try node.input(0)] else { return [nil] }
    guard let leading = first.shape else { return [TensorFacts(first.type, nil)] }
    let axis = try node.axis(try node.int("axis", default: 0), rank: leading.count)
    var shape = leading
    var size: Int? = 0
    var question = "join"
    var content: [Dim]? = []
    for name in node.inputs {
      guard let part = builder.facts[name]?.shape else { return [TensorFacts(first.type, nil)] }
      guard part.count == leading.count else { throw node.invalid("joins tensors of different ranks") }
      // Any input may be the one whose sizes are fixed.
      for other in shape.indices where other != axis && shape[other].size == nil && part[other].size != nil {
        shape[other] = part[other]
      }
      size = if let size, let more = part[axis].size { size + more } else { nil }
      question += " \(part[axis])"
      content = if let content, let more = builder.facts[name]?.content { content + more } else { nil }
      if let size, size > Dim.bound { throw node.invalid("makes an axis that is too long") }
    }
    shape[axis] = if let size { Dim(size) } else { builder.symbols.derived(question) }
    return [TensorFacts(first.type, shape, content: leading.count == 1 ? content : nil)]
  }

  private static func inferSplit(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    let unknown = node.outputs.map { _ in TensorFacts(facts.type, nil) as TensorFacts? }
    guard let shape = facts.shape else { return unknown }
    let axis = try node.axis(try node.int("axis", default: 0), rank: shape.count)
    var sizes: [Dim]
    if let given = try node.ints("split") {
      sizes = given.map { Dim($0) }
    } else if let input = node.optionalInput(1) {
      guard let content = builder.facts[input]?.content else {
        sizes = node.outputs.map { _ in builder.symbols.fresh() }
        return sizes.map { size in
          TensorFacts(facts.type, shape.prefix(axis) + [size] + shape.dropFirst(axis + 1))
        }
      }
      sizes = content
    } else {
      let count = node.outputs.count
      guard let whole = shape[axis].size else { return unknown }
      // Equal parts, the last one smaller when it does not come out even.
      let part = (whole + count - 1) / count
      sizes = [Dim](repeating: Dim(part), count: count - 1) + [Dim(whole - part * (count - 1))]
    }
    guard sizes.count == node.outputs.count else {
      throw node.invalid("has more or fewer outputs than parts")
    }
    return sizes.map { size in
      TensorFacts(facts.type, shape.prefix(axis) + [size] + shape.dropFirst(axis + 1))
    }
  }
}

extension Backward {
  fileprivate mutating func concat() throws(AutodiffError) {
    let g = try gradient()
    let axis = try node.axis(try node.int("axis", default: 0), rank: try shape(ofInput: 0).count)
    var start = 0
    for index in node.inputs.indices {
      // Once all that are wanted are cut out, the rest need not be known.
      guard let last = wanted.max(), index <= last else { return }
      guard let size = try shape(ofInput: index)[axis].size else { return try concatOpen(g, axis) }
      if wants(index) {
        give(try builder.slice(g, axes: [axis], from: [start], to: [start + size]), to: index)
      }
      start += size
    }
  }

  /// The same where a size is known only when the graph runs.
  private mutating func concatOpen(_ gradient: String, _ axis: Int) throws(AutodiffError) {
    try needs(10)
    var start = try builder.integers([0])
    for index in node.inputs.indices {
      guard let last = wanted.max(), index <= last else { return }
      let shape = try builder.add("Shape", try input(index))
      let end = try builder.sum(
        start, try builder.slice(shape, axes: [0], from: [axis], to: [axis + 1]))
      if wants(index) {
        give(try builder.add("Slice", gradient, start, end, try builder.integers([axis])), to: index)
      }
      start = end
    }
  }
}
