// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Backward {
  /// Differentiates an operator that is a composition of simpler ones: `compute` writes its outputs once more in those, and
  /// they are swept backwards. ONNX Runtime drops what is then computed twice.
  ///
  /// - Parameter compute: gets the names of the node's inputs, nil for optional ones that are left out. It must read those that
  ///   are differentiated for under these names only. It gives as many outputs as a gradient may reach, in order.
  mutating func decompose(
    _ compute: (GraphBuilder, [String?]) throws(AutodiffError) -> [String]
  ) throws(AutodiffError) {
    var names = node.inputs.indices.map { node.optionalInput($0) }
    let order = wanted.sorted()
    // One tensor may stand at several inputs; each gets its own part of the gradient.
    for index in order { names[index] = try builder.add("Identity", try input(index)) }
    let start = builder.nodes.count
    let results = try compute(builder, names)
    let sources = order.compactMap { names[$0] }
    var parts = order.map { _ in [String]() }
    for (place, gradient) in outputGradients.enumerated() {
      guard let gradient else { continue }
      guard place < results.count else { throw node.refused("its output \(place) cannot be differentiated") }
      let sweep = try ReverseSweep(builder, from: results[place], to: sources, after: start)
      for (source, found) in try sweep.found(seed: gradient).enumerated() {
        if let found { parts[source].append(found) }
      }
    }
    for (index, list) in zip(order, parts) {
      switch list.count {
      case 0: giveNothing(to: index)
      case 1: give(list[0], to: index)
      default: give(try builder.add("Sum", list, outputs: 1)[0], to: index)
      }
    }
  }
}
