// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// How many bytes the tensors of a graph take, by the sizes that are left open.
struct TensorSizes: Sendable {
  /// Bytes of each tensor that a node makes, as far as its shape is known.
  private let tensors: [Dim]
  private let input: [Dim]

  init(of graph: ONNXGraphProto, _ facts: [String: TensorFacts], input: String) {
    tensors = graph.node.lazy.flatMap(\.output).compactMap { name in
      guard let known = facts[name], let shape = known.shape else { return nil }
      return try? ([Dim(known.type.byteCount)] + shape).product()
    }
    self.input = facts[input]?.shape ?? []
  }

  /// - Returns: nil where nothing is known, or more than can be counted.
  func bytes(whenInputIs shape: [Int]) -> Int? {
    var sizes: [Int: Int] = [:]
    for (dim, size) in zip(input, shape) where dim.factor == 1 && dim.symbols.count == 1 {
      sizes[dim.symbols[0]] = size
    }
    var total = 0
    for tensor in tensors {
      var bytes = tensor.factor
      for symbol in tensor.symbols {
        // A size that only the run tells: what is known of the others has to do.
        guard let size = sizes[symbol] else {
          bytes = 0
          break
        }
        let (product, overflow) = bytes.multipliedReportingOverflow(by: size)
        if overflow { return nil }
        bytes = product
      }
      let (sum, overflow) = total.addingReportingOverflow(bytes)
      if overflow { return nil }
      total = sum
    }
    return total > 0 ? total : nil
  }
}

extension ElementType {
  fileprivate var byteCount: Int {
    switch self {
    case .double, .int64, .uint64, .complex64: 8
    case .complex128: 16
    case .float16, .bfloat16, .int16, .uint16: 2
    case .bool, .int8, .uint8: 1
    default: 4
    }
  }
}
