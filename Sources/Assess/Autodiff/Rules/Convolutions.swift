// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

extension GradientRules {
  static let convolutions = [
    GradientRule("Conv", inferConv) { step throws(AutodiffError) in try step.convolution() }
  ]

  static func inferConv(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError) -> [TensorFacts?] {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape, let weights = builder.facts[try node.input(1)]?.shape else {
      return [TensorFacts(facts.type, nil)]
    }
    guard weights.dropFirst(2).allSatisfy({ $0.size != nil }) else {
      guard let channels = weights.first, let batch = shape.first else {
        throw node.invalid("needs an input and weights of the same rank, at least 3")
      }
      return [
        TensorFacts(facts.type, [batch, channels] + shape.dropFirst(2).map { _ in builder.symbols.fresh() })
      ]
    }
    let window = try node.convolutionWindow(shape, weights, builder)
    return [TensorFacts(facts.type, [shape[0], weights[0]] + window.output)]
  }
}

extension Node {
  fileprivate func convolutionWindow(
    _ shape: [Dim], _ weights: [Dim], _ builder: GraphBuilder
  ) throws(AutodiffError) -> Window {
    guard shape.count > 2, weights.count == shape.count else {
      throw invalid("needs an input and weights of the same rank, at least 3")
    }
    let kernel = try builder.sizes(Array(weights.dropFirst(2)), try input(1), for: self)
    let window = try Window(self, over: Array(shape.dropFirst(2)), kernel: kernel, symbols: &builder.symbols)
    guard window.kernel == kernel else { throw invalid("has a kernel_shape that its weights do not have") }
    return window
  }
}

extension Backward {
  fileprivate mutating func convolution() throws(AutodiffError) {
    let (x, weights, g) = (try input(0), try input(1), try gradient())
    let window = try node.convolutionWindow(try shape(ofInput: 0), try shape(ofInput: 1), builder)
    let groups = try node.int("group", default: 1)
    guard groups > 0 else { throw node.invalid("has no groups") }
    if wants(0) {
      if let direct = try convolveBack(g, window, weights, groups: groups) {
        give(direct, to: 0)
      } else {
        give(try spread(g, over: window, weights: weights, groups: groups, like: x), to: 0)
      }
    }
    if wants(1) {
      give(try weightGradient(x, try shape(ofInput: 0), g, window, groups: groups), to: 1)
    }
    if wants(2) {
      give(try builder.reduceSum(g, axes: [0] + Array(2..<2 + window.rank), keep: false), to: 2)
    }
  }

  /// At stride 1, the gradient is a convolution with the weights mirrored and their channels swapped, which is the
  /// fastest form. Nil where that does not apply.
  private func convolveBack(
    _ gradient: String, _ window: Window, _ weights: String, groups: Int
  ) throws(AutodiffError) -> String? {
    guard window.strides.allSatisfy({ $0 == 1 }), let pads = window.pads else { return nil }
    var before: [Int] = []
    var after: [Int] = []
    for axis in 0..<window.rank {
      before.append(window.extent(axis) - 1 - pads.before[axis])
      after.append(window.extent(axis) - 1 - pads.after[axis])
    }
    guard (before + after).allSatisfy({ $0 >= 0 }), let mirrored = try mirror(weights, window, groups)
    else { return nil }
    return try builder.add(
      "Conv", gradient, mirrored,
      with: [
        .ints("kernel_shape", window.kernel), .ints("dilations", window.dilations),
        .ints("pads", before + after), .int("group", groups),
      ])
  }
}

extension Backward {
  /// Convolution weights [M, C/G, ...] as [C, M/G, ...], each kernel back to front: a constant where they are one, else written
  /// out. Nil where neither can be.
  private func mirror(_ weights: String, _ window: Window, _ groups: Int) throws(AutodiffError) -> String? {
    if let constant = builder.constant(weights) {
      guard let mirrored = constant.mirrored(groups: groups) else { return nil }
      return try builder.floats(mirrored.values, dims: mirrored.dims)
    }
    let shape = try shape(ofInput: 1)
    guard let outer = shape[0].size, let inner = shape[1].size, outer % groups == 0,
      try builder.type(of: weights) == .float
    else { return nil }
    let axes = Array(2..<2 + window.rank)
    var turned = weights
    if groups > 1 {
      let split = [groups, outer / groups, inner] + window.kernel
      turned = try builder.transpose(
        try builder.reshape(turned, split), [0, 2, 1] + Array(3..<3 + window.rank))
    } else {
      turned = try builder.transpose(turned, [1, 0] + axes)
    }
    let taps = window.kernel.reduce(1, *)
    guard taps <= 1 << 10 else { return nil }
    if taps > 1 {
      // Times the identity back to front, which is exact, and faster than a slice with the step -1.
      var table = [Float](repeating: 0, count: taps * taps)
      for tap in 0..<taps { table[tap * taps + taps - 1 - tap] = 1 }
      let backwards = try builder.floats(table, dims: [taps, taps])
      turned = try builder.add("MatMul", try builder.reshape(turned, [-1, taps]), backwards)
    }
    return try builder.reshape(turned, [groups * inner, outer / groups] + window.kernel)
  }
}

extension ONNXTensorProto {
  /// Convolution weights [M, C/G, ...] as [C, M/G, ...], each kernel back to front. Nil unless it is a float32 tensor
  /// that holds what it says.
  fileprivate func mirrored(groups: Int) -> (values: [Float], dims: [Int])? {
    guard let values = floats, dims.count > 2 else { return nil }
    let (outer, inner) = (Int(dims[0]), Int(dims[1]))
    guard groups > 0, outer % groups == 0, !values.isEmpty else { return nil }
    let taps = values.count / (outer * inner)
    let block = outer / groups
    var result = [Float](repeating: 0, count: values.count)
    for group in 0..<groups {
      for m in 0..<block {
        for c in 0..<inner {
          let from = ((group * block + m) * inner + c) * taps
          let to = ((group * inner + c) * block + m) * taps
          for tap in 0..<taps { result[to + taps - 1 - tap] = values[from + tap] }
        }
      }
    }
    return (result, [inner * groups, block] + dims.dropFirst(2).map { Int($0) })
  }
}
