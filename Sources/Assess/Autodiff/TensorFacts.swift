// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

typealias ElementType = ONNXTensorProto.DataType

/// What is known about a tensor before the graph runs.
struct TensorFacts: Sendable {
  var type: ElementType
  /// Nil when not even the rank is known.
  var shape: [Dim]?
  /// The elements of a short list of integers (rank 0 or 1) that the graph computes from sizes and constants.
  var content: [Dim]?

  init(_ type: ElementType, _ shape: [Dim]?, content: [Dim]? = nil) {
    self.type = type
    self.shape = shape
    self.content = content
  }
}

extension ElementType {
  /// Whether a derivative with respect to such a tensor makes sense.
  var isDifferentiable: Bool {
    switch self {
    case .float, .double, .float16, .bfloat16: true
    default: false
    }
  }
}
