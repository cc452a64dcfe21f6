// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletRuntime

/// The names that the Open Inference Protocol gives to element types.
package enum TensorName {
  /// Those that can be sent as JSON: half-precision numbers have no JSON form in the protocol.
  static let byName: [String: ElementType] = [
    "BOOL": .bool, "UINT8": .uint8, "UINT16": .uint16, "UINT32": .uint32, "UINT64": .uint64, "INT8": .int8,
    "INT16": .int16, "INT32": .int32, "INT64": .int64, "FP32": .float32, "FP64": .float64, "BYTES": .string,
  ]

  /// The protocol's name for `type`.
  package static func of(_ type: ElementType) -> String {
    switch type {
    case .float16: "FP16"
    case .bfloat16: "BF16"
    default: byName.first { $0.value == type }!.key
    }
  }
}
