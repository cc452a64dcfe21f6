// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// Batch normalisation as in training.
extension GraphBuilder {
  /// Writes y = scale (x - mean) / sqrt(var + eps) + bias with the mean and the variance of the batch in the place of the node,
  /// in operators that the reverse sweep differentiates. The running statistics move towards those of the batch, the variance as
  /// the unbiased estimate, by the node's own momentum, as in torch.
  func appendByBatch(_ node: Node) throws(AutodiffError) {
    guard try node.int("training_mode", default: 0) == 0, node.outputs.dropFirst().allSatisfy(\.isEmpty)
    else { throw node.refused("it is in training mode; export the model for inference") }
    guard try node.int("spatial", default: 1) == 1 else {
      throw node.refused("it has statistics for each place")
    }
    let x = try node.input(0)
    let rank = try shape(of: x, for: node).count
    guard rank >= 2 else { throw node.invalid("needs an input with channels") }
    let axes = [0] + Array(2..<rank)
    let dims = [-1] + [Int](repeating: 1, count: rank - 2)
    let mean = try reduce("ReduceMean", x, axes: axes)
    let centred = try difference(x, mean)
    let variance = try reduce("ReduceMean", try square(centred), axes: axes)
    let deviation = try add("Sqrt", try plus(variance, node.float("epsilon") ?? 1e-5))
    let slope = try quotient(try reshape(try node.input(1), dims), deviation)
    let bias = try reshape(try node.input(2), dims)
    try append("Add", [try product(centred, slope), bias], as: try node.output())

    let channels = try reshape(mean, [-1])
    let size = try add("Cast", try add("Size", x), with: [.int("to", ElementType.float.rawValue)])
    let others = try add("Size", channels)
    let count = try quotient(size, try add("Cast", others, with: [.int("to", ElementType.float.rawValue)]))
    // A batch of one value a channel has no unbiased variance; its own, zero, stays.
    let one = try scalar(1, like: count)
    let freedom = try add("Max", try difference(count, one), one)
    let unbiased = try product(try reshape(variance, [-1]), try quotient(count, freedom))
    let kept = node.float("momentum") ?? 0.9
    for (index, batch) in [(3, channels), (4, unbiased)] {
      let running = try node.input(index)
      newStatistics[running] = try sum(try times(running, kept), try times(batch, 1 - kept))
    }
  }

  /// The list of the running statistics after the batch; nil when they stay.
  func newStatistics(_ slots: [WeightSlot]) throws(AutodiffError) -> String? {
    if newStatistics.isEmpty || slots.isEmpty { return nil }
    var parts: [String] = []
    for slot in slots { parts.append(try reshape(newStatistics[slot.name] ?? slot.name, [-1])) }
    return try add("Concat", parts, outputs: 1, [.int("axis", 0)])[0]
  }
}
