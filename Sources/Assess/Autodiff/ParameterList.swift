// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletONNXSchema

/// Which constants of a model become inputs, in the order of their lists.
struct ParameterList {
  let weights: [WeightSlot]
  let statistics: [WeightSlot]

  init(weights: [WeightSlot], statistics: [WeightSlot]) {
    (self.weights, self.statistics) = (weights, statistics)
  }

  /// Those of the candidates that the scores depend on, and the statistics of all batch normalisations.
  ///
  /// - Throws: ``AutodiffError/notConnected(input:target:cuts:)`` when there is none, and
  ///   ``AutodiffError/unsuitableTensor(name:role:reason:)`` for a candidate that is no float32 constant.
  init(of model: ONNXModel, among candidates: [String], outputs: [String]) throws(AutodiffError) {
    let builder = try GraphBuilder(reading: model, for: outputs)
    let scores = try builder.scores(outputs: outputs)
    let present = candidates.filter { builder.constant($0) != nil }
    for name in present {
      guard builder.constant(name)?.floats?.isEmpty == false else {
        throw .unsuitableTensor(
          name: name, role: "weight", reason: "expected float32 values, found a tensor without")
      }
    }
    let sweep = try ReverseSweep(builder, from: scores.tensor, to: present)
    let found = try sweep.found(seed: scores.tensor)
    let reached = zip(present, found).filter { $1 != nil }.map(\.0)
    guard !reached.isEmpty else {
      throw .notConnected(
        input: candidates.first ?? "weights", target: scores.tensor, cuts: sweep.cuts)
    }
    var averages: [String] = []
    for node in builder.nodes where node.op == "BatchNormalization" && node.domain.isEmpty {
      averages += [3, 4].compactMap(node.optionalInput).filter {
        builder.constant($0)?.floats?.isEmpty == false && !reached.contains($0) && !averages.contains($0)
      }
    }
    weights = try builder.slots(reached)
    statistics = try builder.slots(averages)
  }
}

extension GraphBuilder {
  fileprivate func slots(_ names: [String]) throws(AutodiffError) -> [WeightSlot] {
    var slots: [WeightSlot] = []
    for name in names {
      let slot = WeightSlot(
        name: name, dims: constant(name)?.dims.map { Int($0) } ?? [],
        start: slots.last?.range.upperBound ?? 0)
      guard slot.range.upperBound <= Dim.bound else { throw .tooLarge }
      slots.append(slot)
    }
    return slots
  }

  /// Makes a list an input, and cuts it into the tensors that the model knows.
  /// - Returns: the name of the input; nil when there are no slots.
  func addList(_ slots: [WeightSlot], named stem: String) throws(AutodiffError) -> String? {
    guard let last = slots.last else { return nil }
    let list = freshName(stem)
    addInput(list, TensorFacts(.float, [Dim(last.range.upperBound)]))
    var parts = [list]
    if slots.count > 1 {
      let sizes = slots.map(\.range.count)
      let axis = Attribute.int("axis", 0)
      parts =
        opset >= 13
        ? try add("Split", [list, try integers(sizes)], outputs: slots.count, [axis])
        : try add("Split", [list], outputs: slots.count, [axis, .ints("split", sizes)])
    }
    for (slot, part) in zip(slots, parts) {
      try append("Reshape", [part, try integers(slot.dims)], as: slot.name)
    }
    return list
  }

  /// Adds a node under the name of what it makes.
  func append(_ op: String, _ inputs: [String], as output: String) throws(AutodiffError) {
    var proto = ONNXNodeProto()
    (proto.opType, proto.input, proto.output, proto.name) = (op, inputs, [output], output)
    try append(Node(proto: proto))
  }
}
