// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension GradientRules {
  static let columns = [
    GradientRule("Col2Im", inferImage) { step throws(AutodiffError) in try step.columns() }
  ]

  private static func inferImage(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape, let image = builder.facts[try node.input(1)]?.content,
      let block = builder.facts[try node.input(2)]?.content
    else { return [TensorFacts(facts.type, nil)] }
    guard shape.count == 3, block.count == image.count,
      let channels = shape[1].divided(by: try block.product())
    else { throw node.invalid("has columns that do not fit its blocks") }
    return [TensorFacts(facts.type, [shape[0], channels] + image)]
  }
}

extension Backward {
  /// Each block of the image becomes a column again: a convolution with one kernel for each place of a block.
  fileprivate mutating func columns() throws(AutodiffError) {
    let x = try input(0)
    guard wants(0) else { throw node.refused("its sizes cannot be differentiated for") }
    guard let image = builder.facts[try input(1)]?.content, let block = builder.facts[try input(2)]?.content
    else { throw node.refused("its sizes are computed when the graph runs") }
    let sizes = try builder.sizes(image, try input(1), for: node)
    let kernel = try builder.sizes(block, try input(2), for: node)
    guard kernel.allSatisfy({ $0 > 0 }), sizes.allSatisfy({ $0 > 0 }),
      let taps = try kernel.map({ Dim($0) }).product().size, taps <= 1 << 12
    else { throw node.refused("its blocks have no elements, or too many") }
    var eye = [Float](repeating: 0, count: taps * taps)
    for tap in 0..<taps { eye[tap * taps + tap] = 1 }
    var attributes: [Attribute] = []
    for name in ["dilations", "pads", "strides"] {
      if let values = try node.ints(name) { attributes.append(.ints(name, values)) }
    }
    let weights = try builder.cast(
      try builder.floats(eye, dims: [taps, 1] + kernel), like: try gradient())
    let single = try builder.reshape(try gradient(), [-1, 1] + sizes)
    let product = try builder.add("Conv", single, weights, with: attributes)
    give(try builder.reshape(product, like: x), to: 0)
  }
}
