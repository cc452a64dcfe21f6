// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How a window slides over the spatial axes of a convolution or a pool: the sizes, the steps, and the zeros at
/// the edges after `auto_pad` has been worked out.
struct Window {
  let kernel: [Int]
  let strides: [Int]
  let dilations: [Int]
  /// Added before and after each axis. Nil when `auto_pad` makes it depend on a size that is not fixed.
  let pads: (before: [Int], after: [Int])?
  /// What `auto_pad` says, where the pads are not known for it.
  let openMode: String?
  let input: [Dim]
  let output: [Dim]

  /// The extent of the window on an axis, gaps of a dilation included.
  func extent(_ axis: Int) -> Int { dilations[axis] * (kernel[axis] - 1) + 1 }
  var overlaps: Bool { kernel.indices.contains { extent($0) > strides[$0] } }
  var rank: Int { kernel.count }

  init(
    kernel: [Int], strides: [Int], dilations: [Int], pads: (before: [Int], after: [Int])?, input: [Dim],
    output: [Dim]
  ) {
    (self.kernel, self.strides, self.dilations) = (kernel, strides, dilations)
    (self.pads, self.input, self.output, openMode) = (pads, input, output, nil)
  }

  /// - Parameters:
  ///   - input: the spatial sizes.
  ///   - kernel: the window's sizes when the attribute `kernel_shape` does not say them.
  /// - Throws: ``AutodiffError/invalidGraph(_:)`` for windows that no tensor could have, and
  ///   ``AutodiffError/unsupportedUse(op:node:reason:)`` for negative pads.
  init(
    _ node: Node, over input: [Dim], kernel given: [Int]? = nil, symbols: inout Symbols
  ) throws(AutodiffError) {
    guard let kernel = try node.ints("kernel_shape") ?? given else {
      throw node.invalid("has no kernel_shape")
    }
    let ones = [Int](repeating: 1, count: kernel.count)
    let strides = try node.ints("strides") ?? ones
    let dilations = try node.ints("dilations") ?? ones
    let explicit = try node.ints("pads") ?? ones.map { _ in 0 } + ones.map { _ in 0 }
    guard kernel.count == input.count, strides.count == kernel.count, dilations.count == kernel.count,
      explicit.count == 2 * kernel.count
    else { throw node.invalid("has a window that does not fit the rank of its input") }
    guard (kernel + strides + dilations).allSatisfy({ $0 > 0 }) else {
      throw node.invalid("has a window whose size, stride or dilation is not positive")
    }
    guard explicit.allSatisfy({ $0 >= 0 }) else { throw node.refused("its pads are negative") }
    (self.kernel, self.strides, self.dilations, self.input) = (kernel, strides, dilations, input)

    let mode = node.string("auto_pad") ?? "NOTSET"
    let roundsUp = try node.int("ceil_mode", default: 0) != 0
    var before: [Int] = []
    var after: [Int] = []
    var output: [Dim] = []
    var arePadsKnown = true
    for axis in kernel.indices {
      let extent = dilations[axis] * (kernel[axis] - 1) + 1
      let (stride, dim) = (strides[axis], input[axis])
      switch mode {
      case "SAME_UPPER", "SAME_LOWER":
        let total: Int
        if let size = dim.size {
          let count = (size + stride - 1) / stride
          output.append(Dim(count))
          total = max(0, (count - 1) * stride + extent - size)
        } else if stride == 1 {
          output.append(dim)
          total = extent - 1
        } else {
          output.append(symbols.derived("steps \(dim) \(stride)"))
          (total, arePadsKnown) = (0, false)
        }
        before.append(mode == "SAME_UPPER" ? total / 2 : (total + 1) / 2)
        after.append(total - before[axis])
      case "NOTSET", "VALID":
        before.append(mode == "VALID" ? 0 : explicit[axis])
        after.append(mode == "VALID" ? 0 : explicit[kernel.count + axis])
        let around = before[axis] + after[axis]
        if let size = dim.size {
          guard size + around >= extent else { throw node.invalid("has a window larger than its input") }
          let room = size + around - extent
          var count = (roundsUp ? (room + stride - 1) / stride : room / stride) + 1
          // A window that would start in the zeros behind the input is left out.
          if roundsUp, (count - 1) * stride >= size + before[axis] { count -= 1 }
          output.append(Dim(count))
        } else if stride == 1, around == extent - 1 {
          output.append(dim)
        } else {
          output.append(
            symbols.derived("window \(dim) \(extent) \(stride) \(around) \(before[axis]) \(roundsUp)"))
        }
      default: throw node.invalid("has the auto_pad \(shown(mode))")
      }
    }
    pads = arePadsKnown ? (before, after) : nil
    openMode = arePadsKnown ? nil : mode
    self.output = output
  }

  func knownPads(_ node: Node, _ tensor: String) throws(AutodiffError) -> (before: [Int], after: [Int]) {
    guard let pads else {
      throw .unknownShape(
        tensor: tensor,
        reason:
          "\(shown(node.op)) at node \(shown(node.label)) has auto_pad with a stride, which needs fixed spatial sizes"
      )
    }
    return pads
  }
}

extension Backward {
  /// Spreads a gradient back over the places that each window read, weighted: a transposed convolution whose result has the
  /// spatial sizes of `source`. Where a size is not fixed, one that may be too large is computed and cut.
  func spread(
    _ gradient: String, over window: Window, weights: String, groups: Int, like source: String
  ) throws(AutodiffError) -> String {
    if window.openMode != nil {
      return try spreadOpen(gradient, over: window, weights: weights, groups: groups, like: source)
    }
    var (before, after) = try window.knownPads(node, source)
    var extra: [Int] = []
    var needsCut = false
    for axis in 0..<window.rank {
      let stride = window.strides[axis]
      if let size = window.input[axis].size, let count = window.output[axis].size {
        let made = (count - 1) * stride + window.extent(axis) - before[axis] - after[axis]
        // A window that is rounded up hangs over the end.
        after[axis] += max(0, made - size)
        extra.append(max(0, size - made))
      } else {
        extra.append(stride - 1)
        needsCut = needsCut || stride > 1
      }
    }
    let result = try builder.add(
      "ConvTranspose", gradient, weights,
      with: [
        .ints("kernel_shape", window.kernel), .ints("strides", window.strides),
        .ints("dilations", window.dilations), .ints("pads", before + after), .ints("output_padding", extra),
        .int("group", groups),
      ])
    guard needsCut else { return result }
    try needs(10)
    let axes = Array(2..<2 + window.rank)
    let sizes = try builder.slice(
      try builder.add("Shape", source), axes: [0], from: [2], to: [2 + window.rank])
    let zeros = try builder.integers(axes.map { _ in 0 })
    return try builder.add("Slice", result, zeros, sizes, try builder.integers(axes))
  }

  /// The same where the pads are known only when the graph runs: nothing is cut off at first, then what was padded.
  private func spreadOpen(
    _ gradient: String, over window: Window, weights: String, groups: Int, like source: String
  ) throws(AutodiffError) -> String {
    let whole = try builder.add(
      "ConvTranspose", gradient, weights,
      with: [
        .ints("kernel_shape", window.kernel), .ints("strides", window.strides),
        .ints("dilations", window.dilations), .ints("output_padding", window.strides.map { $0 - 1 }),
        .int("group", groups),
      ])
    let pads = try openPads(window, source)
    let axes = Array(2..<2 + window.rank)
    return try builder.add(
      "Slice", whole, pads.before, try builder.sum(pads.before, pads.sizes), try builder.integers(axes))
  }

  /// The pads that `auto_pad` comes to and the spatial sizes, as lists that the graph computes.
  func openPads(
    _ window: Window, _ source: String
  ) throws(AutodiffError) -> (before: String, after: String, sizes: String) {
    try needs(10)
    let sizes = try builder.slice(
      try builder.add("Shape", source), axes: [0], from: [2], to: [2 + window.rank])
    let strides = try builder.integers(window.strides)
    let last = try builder.quotient(
      try builder.sum(sizes, try builder.integers(window.strides.map { _ in -1 })), strides)
    // (count - 1) stride + extent - size, and not less than 0.
    let extents = try builder.integers((0..<window.rank).map(window.extent))
    let reach = try builder.sum(try builder.product(last, strides), extents)
    let missing = try builder.difference(reach, sizes)
    let zero = try builder.integers([0])
    let total = try builder.add("Where", try builder.add("Less", missing, zero), zero, missing)
    let isLower = window.openMode == "SAME_LOWER"
    let raised = try builder.sum(total, try builder.integers([isLower ? 1 : 0]))
    let before = try builder.quotient(raised, try builder.integers([2]))
    return (before, try builder.difference(total, before), sizes)
  }
}
