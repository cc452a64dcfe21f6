// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// Which tensors a rectifier cuts next, so that half of their variance is lost.
struct RectifiedTensors {
  private var users: [String: [ONNXNodeProto]] = [:]

  init(_ graph: ONNXGraphProto) {
    for node in graph.node {
      for input in Set(node.input) { users[input, default: []].append(node) }
    }
  }

  /// Whether the first activation that follows, behind biases, normalisations and pools, is a rectifier.
  func isRectified(_ tensor: String) -> Bool {
    var queue = [tensor]
    var seen: Set = [tensor]
    // The bound is on the work for a hostile graph; an activation follows its weights within a few nodes.
    while let next = queue.popLast(), seen.count < 256 {
      for node in users[next] ?? [] {
        if Self.rectifiers.contains(node.opType) { return true }
        guard Self.passing.contains(node.opType) else { continue }
        queue += node.output.filter { seen.insert($0).inserted }
      }
    }
    return false
  }

  private static let rectifiers: Set = [
    "Celu", "Clip", "Elu", "Erf", "Gelu", "HardSwish", "LeakyRelu", "Mish", "PRelu", "Relu", "Selu",
    "Softplus",
    "ThresholdedRelu",
  ]

  private static let passing: Set = [
    "Add", "AveragePool", "BatchNormalization", "Div", "Dropout", "Flatten", "GlobalAveragePool",
    "GroupNormalization", "Identity", "InstanceNormalization", "LayerNormalization", "MaxPool", "Reshape",
    "Squeeze",
    "Transpose", "Unsqueeze",
  ]
}
