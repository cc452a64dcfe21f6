// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Backward {
  /// Differentiates an operator that is a composition of simpler ones: `compute` writes its output once more in those, and
  /// they are swept backwards. ONNX Runtime drops what is then computed twice.
  ///
  /// - Parameter compute: gets the names of the node's inputs, nil for optional ones that are left out. It must read those that
  ///   are differentiated for under these names only.
  mutating func decompose(
    _ compute: (GraphBuilder, [String?]) throws(AutodiffError) -> String
  ) throws(AutodiffError) {
    var names = node.inputs.indices.map { node.optionalInput($0) }
    let order = wanted.sorted()
    // One tensor may stand at several inputs; each gets its own part of the gradient.
    for index in order { names[index] = try builder.add("Identity", try input(index)) }
    let start = builder.nodes.count
    let result = try compute(builder, names)
    let sources = order.compactMap { names[$0] }
    let sweep = try ReverseSweep(builder, from: result, to: sources, after: start)
    for (index, gradient) in zip(order, try sweep.gradients(seed: try gradient())) {
      give(gradient, to: index)
    }
  }
}
