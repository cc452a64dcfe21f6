// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

extension GradientRules {
  static let pools = [
    GradientRule("MaxPool", inferPool) { step throws(AutodiffError) in try step.maxPool() },
    GradientRule("AveragePool", inferPool) { step throws(AutodiffError) in try step.averagePool() },
    GradientRule("LpPool", inferPool) { step throws(AutodiffError) in try step.normPool() },
  ]

  private static func inferPool(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError) -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape else { return [TensorFacts(facts.type, nil), TensorFacts(.int64, nil)] }
    let window = try node.poolWindow(shape, builder)
    let output = Array(shape.prefix(2)) + window.output
    return [TensorFacts(facts.type, output), TensorFacts(.int64, output)]
  }
}

extension Node {
  func normOrder() throws(AutodiffError) -> Int {
    let order = try int("p", default: 2)
    guard (1...64).contains(order) else { throw invalid("has a norm of the order \(order)") }
    return order
  }

  fileprivate func poolWindow(_ shape: [Dim], _ builder: GraphBuilder) throws(AutodiffError) -> Window {
    guard shape.count > 2 else { throw invalid("needs an input of rank 3 or more") }
    return try Window(self, over: Array(shape.dropFirst(2)), symbols: &builder.symbols)
  }
}

extension Backward {
  fileprivate mutating func maxPool() throws(AutodiffError) {
    try needs(9)
    let window = try node.poolWindow(try shape(ofInput: 0), builder)
    let (x, g) = (try input(0), try gradient())
    let indices = try winners()
    let size = try builder.reshape(try builder.add("Size", x), [1])
    let zero = try ONNXTensorProto(scalar: 0, dims: [1], type: try builder.type(of: x))
    let zeros = try builder.add("ConstantOfShape", size, with: [.tensor("value", zero)])
    let scattered: String
    if !window.overlaps || builder.opset >= 16 {
      scattered = try scatter(g, at: indices, into: zeros, adding: window.overlaps)
    } else {
      // Before operator set 16 nothing adds up places that occur twice. Windows that are far enough apart share no place:
      // each such set is scattered for itself, and the results are added.
      try needs(10)
      scattered = try scatterApart(g, at: indices, into: zeros, window)
    }
    give(try builder.reshape(scattered, like: x), to: 0)
  }

  /// Where each maximum was found, counted over the whole tensor: the node is asked to tell.
  private func winners() throws(AutodiffError) -> String {
    guard try node.int("storage_order", default: 0) == 0 else {
      // Places counted by columns are of no use here: another node counts them by rows.
      var byRows = node.proto
      byRows.attribute.removeAll { $0.name == "storage_order" }
      byRows.output = [builder.freshName("MaxPool"), builder.freshName("indices")]
      byRows.name = byRows.output[0]
      try builder.append(Node(proto: byRows))
      return byRows.output[1]
    }
    return try placesOutput()
  }

  private func scatter(
    _ values: String, at indices: String, into zeros: String, adding: Bool
  ) throws(AutodiffError) -> String {
    let places = try builder.reshape(indices, [-1])
    let flat = try builder.reshape(values, [-1])
    var attributes: [Attribute] = [.int("axis", 0)]
    if adding { attributes.append(.string("reduction", "add")) }
    let op = builder.opset >= 11 ? "ScatterElements" : "Scatter"
    return try builder.add(op, zeros, places, flat, with: attributes)
  }

  private func scatterApart(
    _ values: String, at indices: String, into zeros: String, _ window: Window
  ) throws(AutodiffError) -> String {
    let axes = Array(2..<2 + window.rank)
    var steps: [Int] = []
    var offsets: [[Int]] = [[]]
    for axis in 0..<window.rank {
      let step = (window.extent(axis) + window.strides[axis] - 1) / window.strides[axis]
      steps.append(step)
      let used = min(step, window.output[axis].size ?? step)
      guard used * offsets.count <= 1024 else { throw node.refused("its windows overlap too much") }
      offsets = offsets.flatMap { offset in (0..<used).map { offset + [$0] } }
    }
    let ends = axes.map { _ in Dim.bound }
    var parts: [String] = []
    for offset in offsets {
      let part = try builder.slice(values, axes: axes, from: offset, to: ends, steps: steps)
      let places = try builder.slice(indices, axes: axes, from: offset, to: ends, steps: steps)
      parts.append(try scatter(part, at: places, into: zeros, adding: false))
    }
    return try builder.add("Sum", parts, outputs: 1)[0]
  }

  fileprivate mutating func averagePool() throws(AutodiffError) {
    let (x, g) = (try input(0), try gradient())
    let window = try node.poolWindow(try shape(ofInput: 0), builder)
    let pads = window.openMode == nil ? try window.knownPads(node, x) : nil
    let isPadded = pads.map { ($0.before + $0.after).contains { $0 > 0 } } ?? true
    let countsPads = try node.int("count_include_pad", default: 0) != 0
    let roundsUp = try node.int("ceil_mode", default: 0) != 0
    var images = g
    if roundsUp || (!countsPads && isPadded) {
      if roundsUp || (window.input + window.output).allSatisfy({ $0.size != nil }) {
        let output = try builder.sizes(window.output, try node.output(), for: node)
        let input = try builder.sizes(window.input, x, for: node)
        let shares = try window.shares(input, output, countingPads: countsPads, node)
        let map = try builder.floats(shares, dims: [1, 1] + output)
        images = try builder.product(images, try builder.cast(map, like: g))
      } else {
        images = try builder.quotient(images, try counts(window, like: x))
      }
    } else {
      images = try builder.times(images, 1 / Double(try window.taps(node)))
    }
    give(try spreadWindows(images, over: window, like: x), to: 0)
  }

  /// How many elements each window averages, for sizes that are known only when the graph runs.
  private func counts(_ window: Window, like x: String) throws(AutodiffError) -> String {
    try needs(9)
    let padding =
      try window.openMode.map { Attribute.string("auto_pad", $0) }
      ?? .ints("pads", try knownPads(window, x))
    let spatial = try builder.slice(try builder.add("Shape", x), axes: [0], from: [2], to: [2 + window.rank])
    let sizes = try builder.add("Concat", try builder.integers([1, 1]), spatial, with: [.int("axis", 0)])
    let one = try ONNXTensorProto(scalar: 1, dims: [1], type: try builder.type(of: x))
    let ones = try builder.add("ConstantOfShape", sizes, with: [.tensor("value", one)])
    let taps = [Float](repeating: 1, count: try window.taps(node))
    let kernel = try builder.cast(try builder.floats(taps, dims: [1, 1] + window.kernel), like: x)
    return try builder.add(
      "Conv", ones, kernel,
      with: [
        .ints("strides", window.strides), .ints("dilations", window.dilations), padding,
      ])
  }

  private func knownPads(_ window: Window, _ x: String) throws(AutodiffError) -> [Int] {
    let pads = try window.knownPads(node, x)
    return pads.before + pads.after
  }

  /// The sum over the windows that read each element. Each channel of each example is an image of its own where the sizes are
  /// known; otherwise each channel is a group.
  private func spreadWindows(
    _ images: String, over window: Window, like x: String
  ) throws(AutodiffError) -> String {
    let taps = try window.taps(node)
    if let sizes = try? builder.sizes(window.output + window.input, x, for: node) {
      let single = try builder.reshape(images, [-1, 1] + sizes.prefix(window.rank))
      let ones = try builder.floats([Float](repeating: 1, count: taps), dims: [1, 1] + window.kernel)
      let spread = try spread(
        single, over: window, weights: try builder.cast(ones, like: images), groups: 1, like: x)
      return try builder.reshape(spread, like: x)
    }
    let channels = try builder.sizes([try builder.shape(of: x, for: node)[1]], x, for: node)[0]
    guard channels > 0, channels <= 1 << 24, channels * taps <= 1 << 24 else {
      throw node.refused("its windows have too many elements")
    }
    let ones = try builder.floats(
      [Float](repeating: 1, count: channels * taps), dims: [channels, 1] + window.kernel)
    return try spread(
      images, over: window, weights: try builder.cast(ones, like: images), groups: channels, like: x)
  }

  /// y = (sum |x|^p)^(1/p): sign(x) |x|^(p-1) times the sum over the windows of g y^(1-p).
  fileprivate mutating func normPool() throws(AutodiffError) {
    let (x, order) = (try input(0), try node.normOrder())
    let window = try node.poolWindow(try shape(ofInput: 0), builder)
    let y = try builder.withoutZeros(try output())
    let share = try builder.product(try gradient(), try builder.power(y, Double(1 - order)))
    let sums = try spreadWindows(share, over: window, like: x)
    give(try builder.product(sums, try slopeOfPower(x, order)), to: 0)
  }

  /// sign(x) |x|^(p-1)
  func slopeOfPower(_ x: String, _ order: Int) throws(AutodiffError) -> String {
    if order == 2 { return x }
    let sign = try builder.sign(x)
    if order == 1 { return sign }
    return try builder.product(sign, try builder.power(try builder.add("Abs", x), Double(order - 1)))
  }
}

extension Window {
  /// The number of elements that a window reads.
  fileprivate func taps(_ node: Node) throws(AutodiffError) -> Int {
    var taps = 1
    for size in kernel {
      let (product, overflow) = taps.multipliedReportingOverflow(by: size)
      guard !overflow, product <= 1 << 24 else { throw node.invalid("has a window of too many elements") }
      taps = product
    }
    return taps
  }

  /// One divided by the number of elements that each window averages. `pads` must be known.
  fileprivate func shares(
    _ input: [Int], _ output: [Int], countingPads: Bool, _ node: Node
  ) throws(AutodiffError) -> [Float] {
    guard let pads else { throw node.invalid("has pads that are not known") }
    var result: [Float] = [1]
    for axis in 0..<rank {
      guard output[axis] <= 1 << 24, result.count * output[axis] <= 1 << 24 else {
        throw node.refused("its output has too many elements")
      }
      let low = countingPads ? -pads.before[axis] : 0
      let high = countingPads ? input[axis] + pads.after[axis] : input[axis]
      let counts = (0..<output[axis]).map { place in
        let start = place * strides[axis] - pads.before[axis]
        // Taps lie at start + d t. The ones at or above a bound start with the bound's distance, rounded up.
        let first = max(0, (low - start + dilations[axis] - 1) / dilations[axis])
        let last = min(kernel[axis], (high - start + dilations[axis] - 1) / dilations[axis])
        return max(1, last - first)
      }
      result = result.flatMap { share in counts.map { share / Float($0) } }
    }
    return result
  }
}
