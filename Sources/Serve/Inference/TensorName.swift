// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletRuntime

/// The names that the Open Inference Protocol gives to element types.
package enum TensorName {
  static let byName: [String: ElementType] = [
    "BOOL": .bool, "UINT8": .uint8, "UINT16": .uint16, "UINT32": .uint32, "UINT64": .uint64, "INT8": .int8,
    "INT16": .int16, "INT32": .int32, "INT64": .int64, "FP16": .float16, "FP32": .float32, "FP64": .float64,
    "BYTES": .string, "BF16": .bfloat16,
  ]

  /// The protocol's name for `type`.
  package static func of(_ type: ElementType) -> String {
    switch type {
    case .bool: "BOOL"
    case .uint8: "UINT8"
    case .uint16: "UINT16"
    case .uint32: "UINT32"
    case .uint64: "UINT64"
    case .int8: "INT8"
    case .int16: "INT16"
    case .int32: "INT32"
    case .int64: "INT64"
    case .float16: "FP16"
    case .float32: "FP32"
    case .float64: "FP64"
    case .bfloat16: "BF16"
    case .string: "BYTES"
    }
  }
}
