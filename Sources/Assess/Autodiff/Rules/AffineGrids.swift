// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension GradientRules {
  static let affineGrids = [
    GradientRule("AffineGrid", inferGrid) { step throws(AutodiffError) in try step.affineGrid() }
  ]

  private static func inferGrid(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError) -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let sizes = builder.facts[try node.input(1)]?.content else { return [TensorFacts(facts.type, nil)] }
    guard sizes.count == 4 || sizes.count == 5 else { throw node.invalid("has sizes of no image") }
    return [TensorFacts(facts.type, [sizes[0]] + sizes.dropFirst(2) + [Dim(sizes.count - 2)])]
  }
}

extension Backward {
  /// Each place is the transformation [N, A, A + 1] times its own coordinates and 1, which do not depend on it.
  fileprivate mutating func affineGrid() throws(AutodiffError) {
    guard let content = builder.facts[try input(1)]?.content else {
      throw node.refused("its sizes are computed when the graph runs")
    }
    let sizes = try builder.sizes(Array(content.dropFirst(2)), try input(1), for: node)
    guard let count = try sizes.map({ Dim($0) }).product().size, (1...1 << 22).contains(count) else {
      throw node.refused("its grid has no elements, or too many")
    }
    let corners = try node.int("align_corners", default: 0) != 0
    var table: [Float] = []
    table.reserveCapacity(count * (sizes.count + 1))
    for flat in 0..<count {
      var rest = flat
      // The last axis is the first coordinate.
      for size in sizes.reversed() {
        let place: Int
        (rest, place) = rest.quotientAndRemainder(dividingBy: size)
        let step = Float(2 * place + (corners ? 0 : 1))
        table.append(corners ? (size > 1 ? step / Float(size - 1) - 1 : 0) : step / Float(size) - 1)
      }
      table.append(1)
    }
    let g = try gradient()
    let base = try builder.cast(try builder.floats(table, dims: [count, sizes.count + 1]), like: g)
    let flat = try builder.reshape(g, [-1, count, sizes.count])
    give(try builder.add("MatMul", try builder.transpose(flat, [0, 2, 1]), base), to: 0)
  }
}
