// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension GradientRules {
  static let unpools = [
    GradientRule("MaxUnpool", inferUnpool) { step throws(AutodiffError) in
      // The elements are read back from where they were put.
      let flat = try step.builder.reshape(try step.gradient(), [-1])
      step.give(try step.builder.add("Gather", flat, try step.input(1), with: [.int("axis", 0)]), to: 0)
    }
  ]

  private static func inferUnpool(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    if let given = node.optionalInput(2) { return [TensorFacts(facts.type, builder.facts[given]?.content)] }
    guard let shape = facts.shape else { return [TensorFacts(facts.type, nil)] }
    guard let kernel = try node.ints("kernel_shape"), shape.count == kernel.count + 2 else {
      throw node.invalid("has a window that does not fit the rank of its input")
    }
    let rank = kernel.count
    let strides = try node.ints("strides") ?? kernel.map { _ in 1 }
    let pads = try node.ints("pads") ?? [Int](repeating: 0, count: 2 * rank)
    guard strides.count == rank, pads.count == 2 * rank else {
      throw node.invalid("has a window that does not fit the rank of its input")
    }
    var result = Array(shape.prefix(2))
    for axis in 0..<rank {
      guard let size = shape[2 + axis].size else {
        result.append(builder.symbols.fresh())
        continue
      }
      result.append(Dim((size - 1) * strides[axis] + kernel[axis] - pads[axis] - pads[rank + axis]))
    }
    return [TensorFacts(facts.type, result)]
  }
}
