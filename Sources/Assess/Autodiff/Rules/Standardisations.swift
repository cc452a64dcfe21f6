// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Normalisation by statistics of the input itself.
extension GradientRules {
  static let standardisations = [
    GradientRule("LayerNormalization", inferWithStatistics) { step throws(AutodiffError) in
      try step.layerNormalization(centring: true)
    },
    GradientRule("RMSNormalization", Infer.same) { step throws(AutodiffError) in
      try step.layerNormalization(centring: false)
    },
    GradientRule("InstanceNormalization", Infer.same) { step throws(AutodiffError) in
      try step.instanceNormalization()
    },
    GradientRule("GroupNormalization", Infer.same) { step throws(AutodiffError) in
      try step.groupNormalization()
    },
    GradientRule("MeanVarianceNormalization", Infer.same) { step throws(AutodiffError) in
      let named = try step.node.ints("axes") ?? [0, 2, 3]
      let axes = try step.node.axes(named, rank: try step.shape(ofInput: 0).count)
      let normal = try step.standardise(try step.input(0), axes: axes, epsilon: 1e-9)
      step.give(try step.through(normal, try step.gradient()), to: 0)
    },
    GradientRule("LRN", Infer.same) { step throws(AutodiffError) in try step.responseNormalization() },
  ]

  private static func inferWithStatistics(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    var statistics = TensorFacts(facts.type, nil)
    if let shape = facts.shape {
      let axis = try node.axis(try node.int("axis", default: -1), rank: shape.count)
      statistics.shape = shape.prefix(axis) + shape.dropFirst(axis).map { _ in Dim(1) }
    }
    return [TensorFacts(facts.type, facts.shape), statistics, statistics]
  }
}

/// A tensor brought to mean 0 and deviation 1 over some axes.
private struct Standardised {
  let values: String
  let inverseDeviation: String
  let axes: [Int]
  let isCentred: Bool
}

extension Backward {
  fileprivate func standardise(
    _ tensor: String, axes: [Int], epsilon: Double, centring: Bool = true
  ) throws(AutodiffError) -> Standardised {
    let centred =
      centring
      ? try builder.difference(tensor, try builder.reduce("ReduceMean", tensor, axes: axes)) : tensor
    let variance = try builder.reduce("ReduceMean", try builder.square(centred), axes: axes)
    let inverse = try builder.add("Reciprocal", try builder.add("Sqrt", try builder.plus(variance, epsilon)))
    return Standardised(
      values: try builder.product(centred, inverse), inverseDeviation: inverse, axes: axes,
      isCentred: centring)
  }

  /// With n the normalised tensor and h its gradient: (h - mean h - n mean(h n)) / deviation, without the first mean where
  /// nothing was centred.
  fileprivate func through(_ normal: Standardised, _ h: String) throws(AutodiffError) -> String {
    let along = try builder.reduce(
      "ReduceMean", try builder.product(h, normal.values), axes: normal.axes)
    var flat = h
    if normal.isCentred {
      flat = try builder.difference(h, try builder.reduce("ReduceMean", h, axes: normal.axes))
    }
    let rest = try builder.difference(flat, try builder.product(normal.values, along))
    return try builder.product(rest, normal.inverseDeviation)
  }

  fileprivate mutating func layerNormalization(centring: Bool) throws(AutodiffError) {
    let x = try input(0)
    let shape = try shape(ofInput: 0)
    let axes = Array(try node.axis(try node.int("axis", default: -1), rank: shape.count)..<shape.count)
    let normal = try standardise(x, axes: axes, epsilon: node.float("epsilon") ?? 1e-5, centring: centring)
    if wants(0) { give(try layerInput(normal, axes.map { shape[$0] }), to: 0) }
    guard let g = outputGradients.first ?? nil else {
      // The statistics depend on neither.
      giveNothing(to: 1)
      return giveNothing(to: 2)
    }
    if wants(1) { try giveBroadcast(try builder.product(g, normal.values), to: 1) }
    if wants(2) { try giveBroadcast(g, to: 2) }
  }

  /// The gradient of the input by the three outputs: the normalised tensor, the mean, and one over the deviation, whose slopes
  /// are 1 / n and -i^2 times the normalised input over n, for n elements.
  private func layerInput(_ normal: Standardised, _ sizes: [Dim]) throws(AutodiffError) -> String {
    var parts: [String] = []
    if let g = outputGradients.first ?? nil {
      parts.append(try through(normal, try builder.product(g, try input(1))))
    }
    let statistics = outputGradients.dropFirst().map { $0 }
    if statistics.contains(where: { $0 != nil }) {
      let count = try builder.sizes([try sizes.product()], try input(0), for: node)[0]
      let share = 1 / Double(max(1, count))
      if let mean = statistics[0] {
        parts.append(try builder.expand(try builder.times(mean, share), like: try input(0)))
      }
      if statistics.count > 1, let inverse = statistics[1] {
        let slope = try builder.times(try builder.square(normal.inverseDeviation), -share)
        parts.append(try builder.product(try builder.product(inverse, slope), normal.values))
      }
    }
    guard parts.count > 1 else { return parts.first ?? normal.values }
    return try builder.add("Sum", parts, outputs: 1)[0]
  }

  /// Each channel of each example for itself.
  fileprivate mutating func instanceNormalization() throws(AutodiffError) {
    let (x, g) = (try input(0), try gradient())
    let rank = try shape(ofInput: 0).count
    guard rank > 2 else { throw node.invalid("needs an input of rank 3 or more") }
    let spatial = Array(2..<rank)
    let normal = try standardise(x, axes: spatial, epsilon: node.float("epsilon") ?? 1e-5)
    let scale = try builder.reshape(try input(1), [-1] + spatial.map { _ in 1 })
    if wants(0) { give(try through(normal, try builder.product(g, scale)), to: 0) }
    if wants(1) {
      let part = try builder.product(g, normal.values)
      give(try builder.reduceSum(part, axes: [0] + spatial, keep: false), to: 1)
    }
    if wants(2) { give(try builder.reduceSum(g, axes: [0] + spatial, keep: false), to: 2) }
  }

  /// Groups of channels. Scale and bias are by group before operator set 21, by channel since.
  fileprivate mutating func groupNormalization() throws(AutodiffError) {
    let (x, g) = (try input(0), try gradient())
    let rank = try shape(ofInput: 0).count
    guard rank > 2 else { throw node.invalid("needs an input of rank 3 or more") }
    let groups = try node.int("num_groups", default: 0)
    guard groups > 0 else { throw node.invalid("has no groups") }
    let grouped = try builder.reshape(x, [0, groups, -1])
    let normal = try standardise(grouped, axes: [2], epsilon: node.float("epsilon") ?? 1e-5)
    let isByChannel = builder.opset >= 21
    let gradientByGroup = try builder.reshape(g, [0, groups, -1])
    if wants(0) {
      let h: String
      if isByChannel {
        let scale = try builder.reshape(try input(1), [-1] + (2..<rank).map { _ in 1 })
        h = try builder.reshape(try builder.product(g, scale), [0, groups, -1])
      } else {
        h = try builder.product(gradientByGroup, try builder.reshape(try input(1), [groups, 1]))
      }
      give(try builder.reshape(try through(normal, h), like: x), to: 0)
    }
    let others = isByChannel ? [0] + Array(2..<rank) : [0, 2]
    if wants(1) {
      let part = try builder.product(gradientByGroup, normal.values)
      let spread = isByChannel ? try builder.reshape(part, like: x) : part
      give(try builder.reduceSum(spread, axes: others, keep: false), to: 1)
    }
    if wants(2) {
      give(try builder.reduceSum(isByChannel ? g : gradientByGroup, axes: others, keep: false), to: 2)
    }
  }

  /// y = x d^-b with d = bias + a/n W x^2, where W sums over n neighbouring channels:
  /// g d^-b - 2 a b / n x W'(g x d^(-b-1)).
  fileprivate mutating func responseNormalization() throws(AutodiffError) {
    let x = try input(0)
    let shape = try shape(ofInput: 0)
    guard shape.count > 1 else { throw node.invalid("needs an input with channels") }
    let channels = try builder.sizes([shape[1]], x, for: node)[0]
    guard let size = try node.int("size"), size > 0 else { throw node.invalid("has no valid size") }
    guard channels <= 1 << 12 else { throw node.refused("it has more than \(1 << 12) channels") }
    let alpha = node.float("alpha") ?? 0.0001
    let beta = node.float("beta") ?? 0.75
    var near = [Float](repeating: 0, count: channels * channels)
    for channel in 0..<channels {
      let first = max(0, channel - (size - 1) / 2)
      let last = min(channels - 1, channel + size / 2)
      for other in first...max(first, last) { near[channel * channels + other] = 1 }
    }
    let table = try builder.reshape(x, [0, channels, -1])
    let window = try builder.cast(
      try builder.floats(near, dims: [channels, channels]), like: x)
    let sums = try builder.add("MatMul", window, try builder.square(table))
    let base = try builder.plus(try builder.times(sums, alpha / Double(size)), node.float("bias") ?? 1)
    let direct = try builder.product(
      try builder.reshape(try gradient(), [0, channels, -1]), try builder.power(base, -beta))
    let own = try builder.quotient(try builder.product(direct, table), base)
    let spread = try builder.add("MatMul", try builder.transposeMatrix(window, rank: 2), own)
    let through = try builder.product(try builder.times(table, 2 * alpha * beta / Double(size)), spread)
    give(try builder.reshape(try builder.difference(direct, through), like: x), to: 0)
  }
}
