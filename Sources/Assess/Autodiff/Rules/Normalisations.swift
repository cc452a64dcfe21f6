// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

extension GradientRules {
  static let normalisations = [
    GradientRule("BatchNormalization", inferWithStatistics) { step throws(AutodiffError) in
      try step.batchNormalization()
    }
  ]

  private static func inferWithStatistics(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    let scale = builder.facts[try node.input(1)]
    return [TensorFacts(facts.type, facts.shape)] + node.outputs.dropFirst().map { _ in scale }
  }
}

extension Backward {
  /// With the statistics fixed, y = scale (x - mean) / sqrt(var + eps) + bias for each channel.
  fileprivate mutating func batchNormalization() throws(AutodiffError) {
    guard try node.int("training_mode", default: 0) == 0, node.outputs.dropFirst().allSatisfy(\.isEmpty)
    else {
      throw node.refused("it is in training mode; export the model for inference")
    }
    guard try node.int("spatial", default: 1) == 1 else {
      throw node.refused("it has statistics for each place")
    }
    let rank = try shape(ofInput: 0).count
    let (g, scale) = (try gradient(), try input(1))
    let dims = [-1] + [Int](repeating: 1, count: max(0, rank - 2))
    let epsilon = node.float("epsilon") ?? 1e-5
    if wants(0) {
      let slopes: String
      if let folded = try foldedSlopes(epsilon) {
        slopes = try builder.floats(folded, dims: [folded.count] + dims.dropFirst())
      } else {
        slopes = try builder.reshape(try builder.add("Mul", scale, try inverseDeviation(epsilon)), dims)
      }
      give(try builder.add("Mul", g, slopes), to: 0)
    }
    let others = [0] + (rank > 2 ? Array(2..<rank) : [])
    if wants(1) {
      let mean = try builder.reshape(try input(3), dims)
      let centred = try builder.add("Sub", try input(0), mean)
      let normal = try builder.add("Mul", centred, try builder.reshape(try inverseDeviation(epsilon), dims))
      give(try builder.reduceSum(try builder.add("Mul", g, normal), axes: others, keep: false), to: 1)
    }
    if wants(2) { give(try builder.reduceSum(g, axes: others, keep: false), to: 2) }
    guard wants(3) || wants(4) else { return }
    // By the mean -scale / deviation, by the variance -scale (x - mean) / (2 deviation^3).
    let inverse = try inverseDeviation(epsilon)
    let rise = try builder.add("Neg", try builder.product(scale, inverse))
    if wants(3) {
      give(try builder.product(try builder.reduceSum(g, axes: others, keep: false), rise), to: 3)
    }
    if wants(4) {
      let centred = try builder.difference(try input(0), try builder.reshape(try input(3), dims))
      let along = try builder.reduceSum(try builder.product(g, centred), axes: others, keep: false)
      let slope = try builder.times(try builder.product(rise, try builder.square(inverse)), 0.5)
      give(try builder.product(along, slope), to: 4)
    }
  }

  private func inverseDeviation(_ epsilon: Double) throws(AutodiffError) -> String {
    let variance = try input(4)
    let raised = try builder.add("Add", variance, try builder.scalar(epsilon, like: variance))
    return try builder.add("Reciprocal", try builder.add("Sqrt", raised))
  }

  private func foldedSlopes(_ epsilon: Double) throws(AutodiffError) -> [Float]? {
    guard let scale = builder.constant(try input(1))?.floats,
      let variance = builder.constant(try input(4))?.floats,
      scale.count == variance.count
    else { return nil }
    return zip(scale, variance).map { Float(Double($0) / (Double($1) + epsilon).squareRoot()) }
  }
}
