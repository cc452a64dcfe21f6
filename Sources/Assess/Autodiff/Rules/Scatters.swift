// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// Operators that read or write elements at places that another tensor names.
extension GradientRules {
  static let scatters = [
    GradientRule("GatherElements", inferGatherElements) { step throws(AutodiffError) in
      // A place that was read twice gets the sum.
      try step.needs(16)
      let axis = try step.namedAxis()
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
    try needs(16)
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
    let sum = try builder.add(
      "ScatterND", try builder.zeros(like: x), places, try gradient(), with: [.string("reduction", "add")])
    give(sum, to: 0)
  }

  /// Elements that are replaced lose their gradient to what replaces them; those that are added to share theirs.
  fileprivate mutating func scatterElements() throws(AutodiffError) {
    let (places, updates, g) = (try input(1), try input(2), try gradient())
    let axis = Attribute.int("axis", try namedAxis())
    let adds = try addsUp()
    if wants(0) {
      let kept =
        adds ? g : try builder.add(node.op, g, places, try builder.zeros(like: updates), with: [axis])
      give(kept, to: 0)
    }
    if wants(2) {
      try needs(11)
      give(try builder.add("GatherElements", g, places, with: [axis]), to: 2)
    }
  }

  fileprivate mutating func scatterND() throws(AutodiffError) {
    let (places, updates, g) = (try input(1), try input(2), try gradient())
    let adds = try addsUp()
    if wants(0) {
      give(adds ? g : try builder.add("ScatterND", g, places, try builder.zeros(like: updates)), to: 0)
    }
    if wants(2) { give(try builder.add("GatherND", g, places), to: 2) }
  }

  private func addsUp() throws(AutodiffError) -> Bool {
    switch node.string("reduction") ?? "none" {
    case "none": return false
    case "add": return true
    case let other:
      throw node.refused("only the reductions none and add are differentiated, not \(shown(other))")
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
