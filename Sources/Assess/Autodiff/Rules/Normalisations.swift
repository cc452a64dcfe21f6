// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

extension GradientRules {
  static let normalisations = [
    GradientRule("BatchNormalization", Infer.same) { step throws(AutodiffError) in
      try step.batchNormalization()
    }
  ]
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
    guard !wants(3), !wants(4) else { throw node.refused("its statistics depend on the input") }
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
