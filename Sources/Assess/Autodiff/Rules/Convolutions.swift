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
    guard window.strides.allSatisfy({ $0 == 1 }), let pads = window.pads,
      let constant = builder.constant(weights),
      let mirrored = constant.mirrored(groups: groups)
    else { return nil }
    var before: [Int] = []
    var after: [Int] = []
    for axis in 0..<window.rank {
      before.append(window.extent(axis) - 1 - pads.before[axis])
      after.append(window.extent(axis) - 1 - pads.after[axis])
    }
    guard (before + after).allSatisfy({ $0 >= 0 }) else { return nil }
    return try builder.add(
      "Conv", gradient, try builder.floats(mirrored.values, dims: mirrored.dims),
      with: [
        .ints("kernel_shape", window.kernel), .ints("dilations", window.dilations),
        .ints("pads", before + after), .int("group", groups),
      ])
  }

  /// A convolution of the input with the gradient, examples taking the place of channels, strides that of dilations.
  func weightGradient(
    _ x: String, _ shape: [Dim], _ gradient: String, _ window: Window, groups: Int
  ) throws(AutodiffError) -> String {
    var image = x
    var pads = window.pads ?? (window.kernel.map { _ in 0 }, window.kernel.map { _ in 0 })
    if window.openMode != nil {
      try needs(11)
      let open = try openPads(window, x)
      let none = try builder.integers([0, 0])
      image = try builder.add(
        "Pad", x,
        try builder.add("Concat", [none, open.before, none, open.after], outputs: 1, [.int("axis", 0)])[0])
    } else {
      pads = try window.knownPads(node, x)
    }
    let swapped = [1, 0] + Array(2..<2 + window.rank)
    if groups > 1 {
      // [N, G, C/G, ...] -> [C/G, G, N, ...] -> [C/G, G N, ...]
      let sizes = try builder.sizes(Array(shape.dropFirst()), x, for: node)
      let (inner, spatial) = (sizes[0] / groups, Array(sizes.dropFirst()))
      image = try builder.reshape(image, [-1, groups, inner] + spatial)
      image = try builder.transpose(image, [2, 1, 0] + Array(3..<3 + window.rank))
      image = try builder.reshape(image, [inner, -1] + spatial)
    } else {
      image = try builder.transpose(image, swapped)
    }
    let turned = try builder.transpose(gradient, swapped)
    let product = try builder.add(
      "Conv", image, turned,
      with: [
        .ints("strides", window.dilations), .ints("dilations", window.strides),
        .ints("pads", pads.before + pads.after), .int("group", groups),
      ])
    // Rows at the end that no window reaches would make it too large.
    let axes = Array(2..<2 + window.rank)
    let cut = try builder.slice(product, axes: axes, from: axes.map { _ in 0 }, to: window.kernel)
    return try builder.transpose(cut, swapped)
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
