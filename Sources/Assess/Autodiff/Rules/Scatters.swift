// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// Operators that read or write elements at places that another tensor names.
extension GradientRules {
  static let scatters = [
    GradientRule("GatherElements", inferGatherElements) { step throws(AutodiffError) in
      let axis = try step.namedAxis()
      guard step.builder.opset >= 16 else { return try step.gatherElementsByTable(axis) }
      // A place that was read twice gets the sum.
      let sum = try step.builder.add(
        "ScatterElements", try step.builder.zeros(like: try step.input(0)), try step.input(1),
        try step.gradient(), with: [.int("axis", axis), .string("reduction", "add")])
      step.give(sum, to: 0)
    },
    GradientRule("GatherND", inferGatherND) { step throws(AutodiffError) in try step.gatherND() },
    GradientRule("Scatter", Infer.same) { step throws(AutodiffError) in try step.scatterElements() },
    GradientRule("ScatterElements", Infer.same) { step throws(AutodiffError) in try step.scatterElements() },
    GradientRule("ScatterND", Infer.same) { step throws(AutodiffError) in try step.scatterND() },
    GradientRule("Compress", inferCompress) { step throws(AutodiffError) in try step.compress() },
  ]

  private static func inferGatherElements(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    return [TensorFacts(facts.type, builder.facts[try node.input(1)]?.shape)]
  }

  private static func inferGatherND(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape, let places = builder.facts[try node.input(1)]?.shape,
      let depth = places.last?.size
    else { return [TensorFacts(facts.type, nil)] }
    let batch = try node.int("batch_dims", default: 0)
    guard batch >= 0, batch < places.count, depth > 0, depth <= shape.count - batch else {
      throw node.invalid("has indices that do not fit its data")
    }
    return [TensorFacts(facts.type, places.dropLast() + shape.dropFirst(batch + depth))]
  }

  private static func inferCompress(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    let kept = builder.symbols.fresh()
    guard let axis = try node.int("axis") else { return [TensorFacts(facts.type, [kept])] }
    guard var shape = facts.shape else { return [TensorFacts(facts.type, nil)] }
    shape[try node.axis(axis, rank: shape.count)] = kept
    return [TensorFacts(facts.type, shape)]
  }
}

extension Backward {
  fileprivate func namedAxis() throws(AutodiffError) -> Int {
    try node.axis(try node.int("axis", default: 0), rank: try shape(ofInput: 0).count)
  }

  fileprivate mutating func gatherND() throws(AutodiffError) {
    let x = try input(0)
    var places = try input(1)
    let batch = try node.int("batch_dims", default: 0)
    if batch > 0 {
      // The batch axes become named by the indices too.
      guard let sizes = builder.facts[places]?.shape else {
        throw node.refused("the rank of its indices is open")
      }
      places = try builder.withBatch(
        places, try builder.sizes(Array(sizes.dropLast()), places, for: node), batch)
    }
    guard builder.opset < 16 else {
      let sum = try builder.add(
        "ScatterND", try builder.zeros(like: x), places, try gradient(), with: [.string("reduction", "add")])
      return give(sum, to: 0)
    }
    // The axes that are named become one, and the indices numbers on it.
    let shape = try shape(ofInput: 0)
    let depth = try builder.sizes(
      [try builder.shape(of: places, for: node).last ?? Dim(0)], places, for: node)[0]
    let named = try builder.sizes(Array(shape.prefix(depth)), x, for: node)
    guard named.count == depth, depth > 0 else { throw node.invalid("has indices that do not fit its data") }
    var strides = named.map { _ in 1 }
    for axis in (0..<depth - 1).reversed() {
      guard let stride = try Dim(strides[axis + 1]).times(Dim(named[axis + 1])).size, stride <= Dim.bound
      else { throw node.invalid("has too many elements") }
      strides[axis] = stride
    }
    let isNegative = try builder.add("Less", places, try builder.integers([0]))
    let raised = try builder.sum(places, try builder.integers(named))
    let fixed = try builder.add("Where", isNegative, raised, places)
    let weighted = try builder.product(fixed, try builder.integers(strides))
    let rank = try builder.shape(of: places, for: node).count
    let flat = try builder.reshape(try builder.reduceSum(weighted, axes: [rank - 1], keep: false), [-1])
    let rest = try builder.sizes(Array(shape.dropFirst(depth)), x, for: node)
    let table = try builder.reshape(x, [-1] + rest)
    let rows = try builder.reshape(try gradient(), [-1] + rest)
    give(try builder.reshape(try builder.addRows(rows, at: flat, like: table), like: x), to: 0)
  }

  /// Before operator set 16 nothing adds up at places: a table says for each element that was read which place it came from.
  fileprivate mutating func gatherElementsByTable(_ axis: Int) throws(AutodiffError) {
    let (x, places) = (try input(0), try input(1))
    let (shape, read) = (try shape(ofInput: 0), try shape(ofInput: 1))
    guard shape.count == read.count else { throw node.invalid("has indices of another rank than its data") }
    let length = try builder.slice(try builder.add("Shape", x), axes: [0], from: [axis], to: [axis + 1])
    let hot = try builder.oneHot(places, depth: length, like: try gradient())
    let wide = try builder.unsqueeze(try gradient(), axes: [shape.count])
    let sums = try builder.reduceSum(try builder.product(hot, wide), axes: [axis])
    var permutation = Array(0...shape.count)
    permutation.swapAt(axis, shape.count)
    let table = try builder.squeeze(try builder.transpose(sums, permutation), axes: [shape.count])
    var pads = [Int](repeating: 0, count: 2 * shape.count)
    for other in shape.indices where other != axis && shape[other] != read[other] {
      let sizes = try builder.sizes([shape[other], read[other]], x, for: node)
      pads[shape.count + other] = sizes[0] - sizes[1]
    }
    give(try builder.pad(table, pads), to: 0)
  }

  fileprivate mutating func scatterElements() throws(AutodiffError) {
    let axis = Attribute.int("axis", try namedAxis())
    try scatter([axis], gathering: "GatherElements")
  }

  fileprivate mutating func scatterND() throws(AutodiffError) { try scatter([], gathering: "GatherND") }

  /// Elements that are replaced lose their gradient to what replaces them, those that are added to share it, and of those that
  /// are compared the winners share it in equal parts.
  private mutating func scatter(_ attributes: [Attribute], gathering gather: String) throws(AutodiffError) {
    let (places, updates, g) = (try input(1), try input(2), try gradient())
    func gathered(_ tensor: String) throws(AutodiffError) -> String {
      if gather == "GatherElements" { try needs(11) }
      return try builder.add(gather, tensor, places, with: attributes)
    }
    switch node.string("reduction") ?? "none" {
    case "none":
      if wants(0) {
        give(try builder.add(node.op, g, places, try builder.zeros(like: updates), with: attributes), to: 0)
      }
      if wants(2) { give(try gathered(g), to: 2) }
    case "add":
      if wants(0) { give(g, to: 0) }
      if wants(2) { give(try gathered(g), to: 2) }
    case "max", "min":
      let y = try output()
      let isWinning = try builder.cast(try builder.equal(try input(0), y), like: g)
      let isWinner = try builder.cast(try builder.equal(updates, try gathered(y)), like: g)
      let count = try builder.add(
        node.op, isWinning, places, isWinner, with: attributes + [.string("reduction", "add")])
      let share = try builder.quotient(g, count)
      if wants(0) { give(try builder.product(share, isWinning), to: 0) }
      if wants(2) { give(try builder.product(try gathered(share), isWinner), to: 2) }
    case "mul":
      guard !wants(2) else { throw node.refused("a product cannot be differentiated for its updates") }
      let ones = try builder.plus(try builder.zeros(like: try input(0)), 1)
      let factors = try builder.add(
        node.op, ones, places, updates, with: attributes + [.string("reduction", "mul")])
      give(try builder.product(g, factors), to: 0)
    case let other: throw node.invalid("has the reduction \(shown(other))")
    }
  }

  fileprivate mutating func compress() throws(AutodiffError) {
    try needs(11)
    let (x, g) = (try input(0), try gradient())
    let flags = try builder.reshape(try input(1), [-1])
    // The places of the flags as a column [K, 1].
    let places = try builder.transpose(try builder.add("NonZero", flags), [1, 0])
    guard let named = try node.int("axis") else {
      let size = try builder.reshape(try builder.add("Size", x), [1])
      let zero = try ONNXTensorProto(scalar: 0, dims: [1], type: try builder.type(of: x))
      let zeros = try builder.add("ConstantOfShape", size, with: [.tensor("value", zero)])
      give(try builder.reshape(try builder.add("ScatterND", zeros, places, g), like: x), to: 0)
      return
    }
    let rank = try shape(ofInput: 0).count
    var permutation = Array(0..<rank)
    permutation.swapAt(0, try node.axis(named, rank: rank))
    let zeros = try builder.transpose(try builder.zeros(like: x), permutation)
    let rows = try builder.transpose(g, permutation)
    give(try builder.transpose(try builder.add("ScatterND", zeros, places, rows), permutation), to: 0)
  }
}

extension GraphBuilder {
  /// Indices [..., K] whose first `batch` axes are batches, as indices [..., batch + K] that name the batch themselves.
  fileprivate func withBatch(_ places: String, _ sizes: [Int], _ batch: Int) throws(AutodiffError) -> String {
    guard let count = try sizes.map({ Dim($0) }).product().size, batch <= sizes.count,
      count * batch <= 1 << 22
    else { throw .invalidGraph("indices \(shown(places)) have too many elements") }
    var values: [Int] = []
    values.reserveCapacity(count * batch)
    for flat in 0..<count {
      var (rest, place) = (flat, [Int](repeating: 0, count: sizes.count))
      for axis in sizes.indices.reversed() {
        (rest, place[axis]) = rest.quotientAndRemainder(dividingBy: sizes[axis])
      }
      values += place.prefix(batch)
    }
    let numbers = try reshape(try integers(values), sizes + [batch])
    return try add("Concat", numbers, places, with: [.int("axis", sizes.count)])
  }
}
