// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Broadcasting forwards (shapes) and backwards (sums), after the standard's multidirectional rule.
extension GraphBuilder {
  func broadcast(_ shapes: [[Dim]], for node: Node) throws(AutodiffError) -> [Dim] {
    let rank = shapes.map(\.count).max() ?? 0
    var result = [Dim](repeating: Dim(1), count: rank)
    for shape in shapes {
      for (offset, dim) in shape.enumerated() {
        let axis = rank - shape.count + offset
        result[axis] = try broadcast(result[axis], dim, for: node)
      }
    }
    return result
  }

  private func broadcast(_ left: Dim, _ right: Dim, for node: Node) throws(AutodiffError) -> Dim {
    if left == right || right.isOne { return left }
    if left.isOne { return right }
    switch (left.size, right.size) {
    case (.some, .some): throw node.invalid("has inputs whose shapes cannot be broadcast")
    case (.some, nil): return left
    case (nil, .some): return right
    case (nil, nil): return symbols.derived("broadcast \(left) \(right)")
    }
  }

  /// The gradient of a tensor that was broadcast: summed over the axes along which it was repeated.
  func unbroadcast(_ gradient: String, to tensor: String, for node: Node) throws(AutodiffError) -> String {
    let large = try shape(of: gradient, for: node)
    let small = try shape(of: tensor, for: node)
    if large == small { return gradient }
    let front = large.count - small.count
    guard front >= 0 else { throw node.invalid("broadcasts to fewer axes than there are") }
    var repeated: [Int] = []
    var isKnown = true
    for axis in large.indices {
      if axis < front {
        repeated.append(axis)
      } else if large[axis] != small[axis - front] {
        isKnown = isKnown && small[axis - front].isOne
        repeated.append(axis)
      }
    }
    if isKnown { return try reshape(try reduceSum(gradient, axes: repeated), like: tensor) }
    // Which axes were repeated is known only when the graph runs: those where the sizes differ.
    if opset < 13 { return try unbroadcastBySlices(gradient, to: tensor, repeated, front, small) }
    let sizes = try add("Shape", tensor)
    let ones = try integers([Int](repeating: 1, count: front))
    let padded = front == 0 ? sizes : try add("Concat", ones, sizes, with: [.int("axis", 0)])
    let differs = try add("Not", try add("Equal", padded, try add("Shape", gradient)))
    let axes = try squeeze(try add("NonZero", differs), axes: [0])
    let sum = try add(
      "ReduceSum", gradient, axes, with: [.int("keepdims", 1), .int("noop_with_empty_axes", 1)])
    return try reshape(sum, like: tensor)
  }

  /// Before operator set 13 the axes of a sum must be fixed. So each axis that may have been repeated is summed, the sum or the
  /// gradient itself is taken, and of that as much as the tensor has.
  private func unbroadcastBySlices(
    _ gradient: String, to tensor: String, _ repeated: [Int], _ front: Int, _ small: [Dim]
  ) throws(AutodiffError) -> String {
    try needs(10, for: "Slice")
    func isSure(_ axis: Int) -> Bool { axis < front || small[axis - front].isOne }
    var result = try reduceSum(gradient, axes: repeated.filter(isSure))
    let (wide, narrow) = (try add("Shape", gradient), try add("Shape", tensor))
    for axis in repeated where !isSure(axis) {
      let size = try slice(narrow, axes: [0], from: [axis - front], to: [axis - front + 1])
      let isWhole = try add("Equal", try slice(wide, axes: [0], from: [axis], to: [axis + 1]), size)
      let chosen = try add("Where", isWhole, result, try reduceSum(result, axes: [axis]))
      result = try add("Slice", chosen, try integers([0]), size, try integers([axis]))
    }
    return try reshape(result, like: tensor)
  }
}
