// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension GradientRules {
  static let transposedConvolutions = [
    GradientRule("ConvTranspose", inferTransposed) { step throws(AutodiffError) in
      try step.transposedConvolution()
    }
  ]

  private static func inferTransposed(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape, let weights = builder.facts[try node.input(1)]?.shape else {
      return [TensorFacts(facts.type, nil)]
    }
    let window = try node.transposedWindow(shape, weights, builder)
    let channels = try weights[1].times(Dim(try node.int("group", default: 1)))
    return [TensorFacts(facts.type, [shape[0], channels] + window.input)]
  }
}

extension Node {
  /// The window of the convolution that a transposed one turns around: its input is what the node makes.
  fileprivate func transposedWindow(
    _ shape: [Dim], _ weights: [Dim], _ builder: GraphBuilder
  ) throws(AutodiffError) -> Window {
    guard shape.count > 2, weights.count == shape.count else {
      throw invalid("needs an input and weights of the same rank, at least 3")
    }
    let rank = shape.count - 2
    let kernel = try builder.sizes(Array(weights.dropFirst(2)), try input(1), for: self)
    let ones = [Int](repeating: 1, count: rank)
    let strides = try ints("strides") ?? ones
    let dilations = try ints("dilations") ?? ones
    let extra = try ints("output_padding") ?? ones.map { _ in 0 }
    let explicit = try ints("pads") ?? ones.map { _ in 0 } + ones.map { _ in 0 }
    let mode = string("auto_pad") ?? "NOTSET"
    let wanted = try ints("output_shape")
    guard strides.count == rank, dilations.count == rank, extra.count == rank, explicit.count == 2 * rank,
      wanted?.count ?? rank == rank, try ints("kernel_shape") ?? kernel == kernel
    else { throw invalid("has a window that does not fit the rank of its input") }
    guard (kernel + strides + dilations).allSatisfy({ $0 > 0 }), extra.allSatisfy({ $0 >= 0 }) else {
      throw invalid("has a window whose size, stride or dilation is not positive")
    }
    guard explicit.allSatisfy({ $0 >= 0 }) else { throw refused("its pads are negative") }
    guard ["NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"].contains(mode) else {
      throw invalid("has the auto_pad \(shown(mode))")
    }
    var before = Array(explicit.prefix(rank))
    var after = Array(explicit.dropFirst(rank))
    var output: [Dim] = []
    var arePadsKnown = true
    for axis in 0..<rank {
      let (dim, stride) = (shape[2 + axis], strides[axis])
      let reach = dilations[axis] * (kernel[axis] - 1) + 1 + extra[axis]
      if mode != "NOTSET" { (before[axis], after[axis]) = (0, 0) }
      if wanted != nil || mode.hasPrefix("SAME") {
        // Enough is cut off for the size that is asked for, or for the input's times the stride.
        var total = max(0, reach - stride)
        if let wanted {
          if let size = dim.size {
            total = max(0, (size - 1) * stride + reach - wanted[axis])
          } else {
            arePadsKnown = false
          }
        }
        before[axis] = mode == "SAME_UPPER" ? total / 2 : total - total / 2
        after[axis] = total - before[axis]
      }
      let around = before[axis] + after[axis]
      if let wanted {
        output.append(Dim(wanted[axis]))
      } else if let size = dim.size {
        let made = (size - 1) * stride + reach - around
        guard made >= 0 else { throw invalid("has an output of negative size") }
        output.append(Dim(made))
      } else if stride == 1, reach - 1 == around {
        output.append(dim)
      } else {
        output.append(builder.symbols.derived("unfold \(dim) \(stride) \(reach) \(around)"))
      }
    }
    return Window(
      kernel: kernel, strides: strides, dilations: dilations, pads: arePadsKnown ? (before, after) : nil,
      input: output, output: Array(shape.dropFirst(2)))
  }
}

extension Backward {
  /// By the input a convolution, and by the weights that convolution's own rule, with input and output in exchanged parts.
  fileprivate mutating func transposedConvolution() throws(AutodiffError) {
    let (x, weights, g) = (try input(0), try input(1), try gradient())
    let shape = try shape(ofInput: 0)
    let window = try node.transposedWindow(shape, try self.shape(ofInput: 1), builder)
    let groups = try node.int("group", default: 1)
    guard groups > 0 else { throw node.invalid("has no groups") }
    let axes = Array(2..<2 + window.rank)
    if wants(0) {
      let pads = try window.knownPads(node, x)
      let product = try builder.add(
        "Conv", g, weights,
        with: [
          .int("group", groups), .ints("strides", window.strides), .ints("dilations", window.dilations),
          .ints("pads", pads.before + pads.after),
        ])
      // Where the output was padded by a stride or more, there is more than the input had.
      let extra = try node.ints("output_padding") ?? axes.map { _ in 0 }
      if node.attribute("output_shape") == nil, zip(extra, window.strides).allSatisfy({ $0 < $1 }) {
        give(product, to: 0)
      } else {
        let sizes = try builder.sizes(window.output, x, for: node)
        give(try builder.slice(product, axes: axes, from: axes.map { _ in 0 }, to: sizes), to: 0)
      }
    }
    if wants(1) {
      let made = try builder.shape(of: try output(), for: node)
      give(try weightGradient(g, made, x, window, groups: groups), to: 1)
    }
    if wants(2) { give(try builder.reduceSum(g, axes: [0] + axes, keep: false), to: 2) }
  }
}
