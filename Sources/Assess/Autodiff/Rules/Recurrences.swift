// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletONNXSchema

/// Recurrent layers, written out step by step. The number of steps must be fixed.
extension GradientRules {
  static let recurrences = ["RNN", "GRU", "LSTM"].map {
    GradientRule($0, inferRecurrent) { step throws(AutodiffError) in
      let layer = try RecurrentLayer(step.node, step.builder)
      try step.decompose { (_, names) throws(AutodiffError) in try layer.write(names) }
    }
  }

  private static func inferRecurrent(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape, let recurrent = builder.facts[try node.input(2)]?.shape,
      try node.int("layout", default: 0) == 0
    else { return node.outputs.map { _ in TensorFacts(facts.type, nil) } }
    guard shape.count == 3, recurrent.count == 3 else { throw node.invalid("needs inputs of rank 3") }
    let state = [recurrent[0], shape[1], recurrent[2]]
    return [
      TensorFacts(facts.type, [shape[0]] + state), TensorFacts(facts.type, state),
      TensorFacts(facts.type, state),
    ]
  }
}

private struct RecurrentLayer {
  let node: Node
  let builder: GraphBuilder
  /// Gates in one table of weights.
  let gates: Int
  let steps: Int
  let hidden: Int
  /// Whether each direction runs from the last step to the first.
  let isReversed: [Bool]
  let activations: [String]

  init(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError) {
    (self.node, self.builder) = (node, builder)
    gates = ["RNN": 1, "GRU": 3, "LSTM": 4][node.op] ?? 1
    let (x, recurrent) = (try node.input(0), try node.input(2))
    let shape = try builder.shape(of: x, for: node)
    let table = try builder.shape(of: recurrent, for: node)
    guard shape.count == 3, table.count == 3 else { throw node.invalid("needs inputs of rank 3") }
    guard try node.int("layout", default: 0) == 0 else { throw node.refused("its layout is batch first") }
    guard node.attribute("clip") == nil, try node.int("input_forget", default: 0) == 0 else {
      throw node.refused("clip and input_forget are not differentiated")
    }
    switch node.string("direction") ?? "forward" {
    case "forward": isReversed = [false]
    case "reverse": isReversed = [true]
    case "bidirectional": isReversed = [false, true]
    case let other: throw node.invalid("has the direction \(shown(other))")
    }
    let sizes = try builder.sizes([shape[0], table[2]], x, for: node)
    (steps, hidden) = (sizes[0], sizes[1])
    guard (1...1024).contains(steps), hidden > 0, table[0].size == isReversed.count,
      table[1].size == gates * hidden
    else { throw node.refused("it has no or more than 1024 steps, or weights that do not fit") }
    if let lengths = node.optionalInput(4) {
      guard let known = builder.constant(lengths)?.integers, known.allSatisfy({ $0 == sizes[0] }) else {
        throw node.refused("its sequences end at different steps")
      }
    }
    let usual =
      ["RNN": ["Tanh"], "GRU": ["Sigmoid", "Tanh"], "LSTM": ["Sigmoid", "Tanh", "Tanh"]][node.op] ?? []
    let named = node.attribute("activations")?.strings.map { String(decoding: $0, as: UTF8.self) } ?? []
    activations = named.isEmpty ? isReversed.flatMap { _ in usual } : named
    guard activations.count == usual.count * isReversed.count,
      activations.allSatisfy({ ["Sigmoid", "Tanh", "Relu", "Softplus", "Softsign"].contains($0) })
    else { throw node.refused("its activations are not all Sigmoid, Tanh, Relu, Softplus or Softsign") }
  }

  /// All states [T, D, N, H], the last ones [D, N, H], and the last cells.
  func write(_ names: [String?]) throws(AutodiffError) -> [String] {
    func name(_ index: Int) -> String? { names.indices.contains(index) ? names[index] : nil }
    guard let x = name(0), let weights = name(1), let recurrent = name(2) else {
      throw node.invalid("lacks its weights")
    }
    var (all, last, cells): ([String], [String], [String]) = ([], [], [])
    for (direction, backwards) in isReversed.enumerated() {
      func part(_ tensor: String?) throws(AutodiffError) -> String? {
        guard let tensor else { return nil }
        let slice = try builder.slice(tensor, axes: [0], from: [direction], to: [direction + 1])
        return try builder.squeeze(slice, axes: [0])
      }
      guard let w = try part(weights), let r = try part(recurrent) else {
        throw node.invalid("lacks its weights")
      }
      let biases = try part(name(3))
      // The product with the input for all steps at once: [T, N, G H].
      var given = try builder.add("MatMul", x, try builder.transpose(w, [1, 0]))
      let count = gates * hidden
      var bias: (input: String, state: String)?
      if let biases {
        bias = (
          try builder.slice(biases, axes: [0], from: [0], to: [count]),
          try builder.slice(biases, axes: [0], from: [count], to: [2 * count])
        )
      }
      if let bias { given = try builder.sum(given, bias.input) }
      let zeros = try zeroState(x)
      var state = try part(name(5)) ?? zeros
      var cell = try part(name(6)) ?? zeros
      let cellStep = Cell(
        layer: self, turned: try builder.transpose(r, [1, 0]), bias: bias?.state,
        peepholes: try part(name(7)),
        functions: Array(activations.dropFirst(direction * activations.count / isReversed.count)))
      var states = [String](repeating: "", count: steps)
      for step in backwards ? Array((0..<steps).reversed()) : Array(0..<steps) {
        let now = try builder.squeeze(
          try builder.slice(given, axes: [0], from: [step], to: [step + 1]), axes: [0])
        (state, cell) = try cellStep.next(now, state, cell)
        states[step] = try builder.unsqueeze(state, axes: [0, 1])
      }
      all.append(try joined(states, axis: 0))
      last.append(try builder.unsqueeze(state, axes: [0]))
      cells.append(try builder.unsqueeze(cell, axes: [0]))
    }
    return [try joined(all, axis: 1), try joined(last, axis: 0), try joined(cells, axis: 0)]
  }

  private func joined(_ parts: [String], axis: Int) throws(AutodiffError) -> String {
    parts.count == 1 ? parts[0] : try builder.add("Concat", parts, outputs: 1, [.int("axis", axis)])[0]
  }

  /// Zeros [N, H].
  private func zeroState(_ x: String) throws(AutodiffError) -> String {
    try builder.needs(9, for: "ConstantOfShape")
    let batch = try builder.slice(try builder.add("Shape", x), axes: [0], from: [1], to: [2])
    let sizes = try builder.add("Concat", batch, try builder.integers([hidden]), with: [.int("axis", 0)])
    let zero = try ONNXTensorProto(scalar: 0, dims: [1], type: try builder.type(of: x))
    let zeros = try builder.add("ConstantOfShape", sizes, with: [.tensor("value", zero)])
    if let batch = builder.facts[x]?.shape?[1] { builder.setShape(of: zeros, [batch, Dim(hidden)]) }
    return zeros
  }
}

/// One step of a layer in one direction.
private struct Cell {
  let layer: RecurrentLayer
  /// The recurrent weights [H, G H].
  let turned: String
  let bias: String?
  let peepholes: String?
  let functions: [String]

  private var builder: GraphBuilder { layer.builder }

  func next(
    _ given: String, _ state: String, _ cell: String
  ) throws(AutodiffError) -> (state: String, cell: String) {
    switch layer.node.op {
    case "GRU": return (try gru(given, state), cell)
    case "LSTM": return try lstm(given, state, cell)
    default:
      let sum = try builder.sum(given, try recurrent(state, turned, bias))
      return (try builder.add(functions[0], sum), cell)
    }
  }

  private func recurrent(_ state: String, _ weights: String, _ bias: String?) throws(AutodiffError) -> String
  {
    let product = try builder.add("MatMul", state, weights)
    return if let bias { try builder.sum(product, bias) } else { product }
  }

  /// Gates are the last axis.
  private func gate(_ tensor: String, _ from: Int, _ to: Int, axis: Int = 1) throws(AutodiffError) -> String {
    try builder.slice(
      tensor, axes: [axis], from: [from * layer.hidden], to: [to * layer.hidden])
  }

  /// Update, reset and hidden gate, in this order.
  private func gru(_ given: String, _ state: String) throws(AutodiffError) -> String {
    let firstBias = try bias.map { bias throws(AutodiffError) in try gate(bias, 0, 2, axis: 0) }
    let lastBias = try bias.map { bias throws(AutodiffError) in try gate(bias, 2, 3, axis: 0) }
    let both = try builder.add(
      functions[0],
      try builder.sum(
        try gate(given, 0, 2), try recurrent(state, try gate(turned, 0, 2), firstBias)))
    let (update, reset) = (try gate(both, 0, 1), try gate(both, 1, 2))
    let last = try gate(turned, 2, 3)
    let inner: String
    if try layer.node.int("linear_before_reset", default: 0) != 0 {
      inner = try builder.product(reset, try recurrent(state, last, lastBias))
    } else {
      inner = try recurrent(try builder.product(reset, state), last, lastBias)
    }
    let new = try builder.add(functions[1], try builder.sum(try gate(given, 2, 3), inner))
    // (1 - z) new + z old
    let change = try builder.product(update, try builder.difference(state, new))
    return try builder.sum(new, change)
  }

  /// Input, output, forget and cell gate, in this order.
  private func lstm(
    _ given: String, _ state: String, _ cell: String
  ) throws(AutodiffError) -> (state: String, cell: String) {
    let sums = try builder.sum(given, try recurrent(state, turned, bias))
    func opened(_ place: Int, _ seen: String, peephole: Int) throws(AutodiffError) -> String {
      var sum = try gate(sums, place, place + 1)
      if let peepholes {
        let weights = try gate(peepholes, peephole, peephole + 1, axis: 0)
        sum = try builder.sum(sum, try builder.product(seen, weights))
      }
      return try builder.add(functions[0], sum)
    }
    let input = try opened(0, cell, peephole: 0)
    let forget = try opened(2, cell, peephole: 2)
    let new = try builder.add(functions[1], try gate(sums, 3, 4))
    let kept = try builder.sum(try builder.product(forget, cell), try builder.product(input, new))
    let output = try opened(1, kept, peephole: 1)
    return (try builder.product(output, try builder.add(functions[2], kept)), kept)
  }
}
