// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension GradientRules {
  static let pads = [
    GradientRule("Pad", inferPad) { step throws(AutodiffError) in try step.pad() }
  ]

  private static func inferPad(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError) -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape else { return [TensorFacts(facts.type, nil)] }
    let rank = shape.count
    guard let pads = try node.pads(rank: rank, builder) else {
      return [TensorFacts(facts.type, shape.map { _ in builder.symbols.fresh() })]
    }
    var result: [Dim] = []
    for axis in 0..<rank {
      let more = pads[axis] + pads[rank + axis]
      if let size = shape[axis].size {
        guard size + more >= 0 else { throw node.invalid("cuts off more than there is") }
        result.append(Dim(size + more))
      } else {
        result.append(more == 0 ? shape[axis] : builder.symbols.derived("pad \(shape[axis]) \(more)"))
      }
    }
    return [TensorFacts(facts.type, result)]
  }
}

extension Node {
  /// For all axes, first in front, then behind. Nil when known only when the graph runs.
  fileprivate func pads(rank: Int, _ builder: GraphBuilder) throws(AutodiffError) -> [Int]? {
    if builder.opset < 11 {
      guard let pads = try ints("pads"), pads.count == 2 * rank else {
        throw invalid("has pads that do not fit")
      }
      return pads
    }
    guard let content = builder.facts[try input(1)]?.content else { return nil }
    var axes = Array(0..<rank)
    if let name = optionalInput(3) {
      guard let named = builder.facts[name]?.content else { return nil }
      axes = []
      for axis in try builder.sizes(named, name, for: self) { axes.append(try self.axis(axis, rank: rank)) }
    }
    let sizes = try builder.sizes(content, try input(1), for: self)
    guard sizes.count == 2 * axes.count, sizes.allSatisfy({ $0.magnitude <= UInt(Dim.bound) }) else {
      throw invalid("has pads that do not fit")
    }
    var pads = [Int](repeating: 0, count: 2 * rank)
    for (place, axis) in axes.enumerated() {
      pads[axis] = sizes[place]
      pads[rank + axis] = sizes[axes.count + place]
    }
    return pads
  }
}

extension Backward {
  fileprivate mutating func pad() throws(AutodiffError) {
    let (shape, g) = (try shape(ofInput: 0), try gradient())
    guard let pads = try node.pads(rank: shape.count, builder) else {
      throw node.refused("its pads are computed when the graph runs")
    }
    let mode = node.string("mode") ?? "constant"
    guard mode == "constant" else {
      guard wants(0) else { return giveNothing(to: 2) }
      return give(try foldBack(g, pads, mode, shape), to: 0)
    }
    let inner = try builder.pad(g, pads.map { -$0 })
    if wants(0) { give(inner, to: 0) }
    if wants(2) {
      // What does not go to the tensor goes to the number around it.
      let axes = Array(shape.indices)
      let around = try builder.difference(
        try builder.reduceSum(g, axes: axes, keep: false),
        try builder.reduceSum(inner, axes: axes, keep: false))
      give(try builder.reshape(around, like: try input(2)), to: 2)
    }
  }

  /// Where the edges repeat or mirror the tensor, each place sends its gradient to the one that it copies.
  private func foldBack(
    _ gradient: String, _ pads: [Int], _ mode: String, _ shape: [Dim]
  ) throws(AutodiffError) -> String {
    var result = gradient
    for axis in shape.indices where pads[axis] != 0 || pads[shape.count + axis] != 0 {
      let (before, after) = (pads[axis], pads[shape.count + axis])
      let matrix: String
      if let size = shape[axis].size {
        let count = size + before + after
        guard size > 0, count >= 0, size <= 1 << 24, count <= 1 << 24, count * size <= 1 << 24 else {
          throw node.refused("axis \(axis) has too many elements")
        }
        var table = [Float](repeating: 0, count: count * size)
        for place in 0..<count { table[place * size + (try source(place - before, size, mode))] = 1 }
        matrix = try builder.cast(try builder.floats(table, dims: [count, size]), like: gradient)
      } else if let identity = try builder.identity(axis: axis, of: try input(0), shape[axis]) {
        // What the operator itself makes of the identity says where each place is copied from.
        let table = try builder.pad(identity, [0, before, 0, after], mode: mode)
        matrix = try builder.transpose(table, [1, 0])
      } else {
        throw node.refused("axis \(axis) has too many elements")
      }
      result = try builder.contract(result, with: matrix, axis: axis, rank: shape.count)
    }
    return result
  }

  /// The place that one outside of the tensor copies.
  private func source(_ place: Int, _ size: Int, _ mode: String) throws(AutodiffError) -> Int {
    func wrapped(_ place: Int, _ period: Int) -> Int { (place % period + period) % period }
    switch mode {
    case "edge": return min(max(place, 0), size - 1)
    case "wrap": return wrapped(place, size)
    case "reflect":
      if size == 1 { return 0 }
      let turn = wrapped(place, 2 * (size - 1))
      return turn < size ? turn : 2 * (size - 1) - turn
    default: throw node.invalid("has the mode \(shown(mode))")
    }
  }
}
