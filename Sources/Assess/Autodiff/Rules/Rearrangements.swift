// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Operators that repeat elements, or move them between channels and places.
extension GradientRules {
  static let rearrangements = [
    GradientRule("Tile", inferTile) { step throws(AutodiffError) in try step.tile() },
    GradientRule("DepthToSpace", inferDepthToSpace) { step throws(AutodiffError) in
      try step.depthToSpace()
    },
    GradientRule("SpaceToDepth", inferSpaceToDepth) { step throws(AutodiffError) in
      let size = try step.node.blockSize()
      step.give(
        try step.builder.add("DepthToSpace", try step.gradient(), with: [.int("blocksize", size)]), to: 0)
    },
  ]

  private static func inferTile(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError) -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape else { return [TensorFacts(facts.type, nil)] }
    guard let repeats = builder.facts[try node.input(1)]?.content else {
      return [TensorFacts(facts.type, shape.map { _ in builder.symbols.fresh() })]
    }
    guard repeats.count == shape.count, repeats.allSatisfy({ $0.factor >= 0 }) else {
      throw node.invalid("has repeats that do not fit the rank of its input")
    }
    var result: [Dim] = []
    for (dim, times) in zip(shape, repeats) { result.append(try dim.times(times)) }
    return [TensorFacts(facts.type, result)]
  }

  private static func inferDepthToSpace(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape else { return [TensorFacts(facts.type, nil)] }
    let size = try node.blockSize()
    guard shape.count == 4 else { throw node.invalid("needs an input of rank 4") }
    guard let channels = shape[1].divided(by: Dim(size * size)) ?? openSize(shape[1], builder) else {
      throw node.invalid("has channels that make no whole blocks")
    }
    let result = [shape[0], channels, try shape[2].times(Dim(size)), try shape[3].times(Dim(size))]
    return [TensorFacts(facts.type, result)]
  }

  private static func openSize(_ dim: Dim, _ builder: GraphBuilder) -> Dim? {
    dim.size == nil ? builder.symbols.fresh() : nil
  }

  private static func inferSpaceToDepth(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape else { return [TensorFacts(facts.type, nil)] }
    let size = try node.blockSize()
    guard shape.count == 4 else { throw node.invalid("needs an input of rank 4") }
    var result = [shape[0], try shape[1].times(Dim(size * size))]
    for dim in shape.dropFirst(2) {
      result.append(
        dim.divided(by: Dim(size))
          ?? (dim.size == nil ? builder.symbols.derived("blocks \(dim) \(size)") : Dim(-1)))
    }
    return [TensorFacts(facts.type, result)]
  }
}

extension Node {
  fileprivate func blockSize() throws(AutodiffError) -> Int {
    guard let size = try int("blocksize"), (1...1 << 14).contains(size) else {
      throw invalid("has no valid blocksize")
    }
    return size
  }
}

extension Backward {
  /// The copies of each axis get an axis of their own, which is summed over.
  fileprivate mutating func tile() throws(AutodiffError) {
    let (x, repeats) = (try input(0), try input(1))
    let shape = try shape(ofInput: 0)
    let count = shape.count
    guard count > 0 else { return give(try gradient(), to: 0) }
    let copies = Array(stride(from: 0, to: 2 * count, by: 2))
    let split: String
    if let known = builder.facts[repeats]?.content, known.count == count,
      (known + shape).allSatisfy({ $0 != Dim(0) }), (known + shape).filter({ $0.size == nil }).count <= 1
    {
      split = try builder.reshape(
        try gradient(), zip(known, shape).flatMap { [$0.size ?? -1, $1.size ?? -1] })
    } else {
      let columns = try [repeats, builder.add("Shape", x)].map { name throws(AutodiffError) in
        try builder.reshape(name, [-1, 1])
      }
      let table = try builder.add("Concat", columns, outputs: 1, [.int("axis", 1)])[0]
      split = try builder.add("Reshape", try gradient(), try builder.reshape(table, [2 * count]))
    }
    give(try builder.reshape(try builder.reduceSum(split, axes: copies, keep: false), like: x), to: 0)
  }

  fileprivate mutating func depthToSpace() throws(AutodiffError) {
    let size = try node.blockSize()
    let back = try builder.add("SpaceToDepth", try gradient(), with: [.int("blocksize", size)])
    switch node.string("mode") ?? "DCR" {
    case "DCR": give(back, to: 0)
    case "CRD":
      // The place in the block goes behind the channel.
      let channels = try builder.sizes([try shape(ofInput: 0)[1]], try input(0), for: node)[0]
      let table = try builder.reshape(back, [0, size * size, channels / (size * size), -1])
      let turned = try builder.transpose(table, [0, 2, 1, 3])
      give(try builder.reshape(turned, like: try input(0)), to: 0)
    case let mode: throw node.invalid("has the mode \(shown(mode))")
    }
  }
}
