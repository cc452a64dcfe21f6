// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// How many elements and bytes the dimensions and the type of a tensor ask for.
struct ONNXTensorSize {
  let elements: Int
  /// Bytes of the elements without gaps; 0 for strings.
  let bytes: Int
  private let bits: Int

  /// Bits of one element by `TensorProto.DataType`; strings have none.
  private static let bits: [Int32: Int] = [
    1: 32, 2: 8, 3: 8, 4: 16, 5: 16, 6: 32, 7: 64, 8: 0, 9: 8, 10: 16, 11: 64, 12: 32, 13: 64, 14: 64,
    15: 128, 16: 16,
    17: 8, 18: 8, 19: 8, 20: 8, 21: 4, 22: 4, 23: 4, 24: 8, 25: 2, 26: 2,
  ]

  /// Nil when a dimension is negative, their product overflows, or the type is unknown.
  init?(_ tensor: ONNXTensorProto) {
    guard let bits = Self.bits[tensor.dataType] else { return nil }
    var elements = 1
    for dimension in tensor.dims {
      guard dimension >= 0 else { return nil }
      let (product, overflow) = elements.multipliedReportingOverflow(by: Int(dimension))
      guard !overflow else { return nil }
      elements = product
    }
    let (total, overflow) = elements.multipliedReportingOverflow(by: max(bits, 1))
    guard !overflow, total <= .max - 7 else { return nil }
    self.elements = elements
    self.bits = bits
    bytes = bits == 0 ? 0 : (total + 7) / 8
  }

  /// How the data in the tensor itself differs from what it should be, or nil.
  func contradiction(_ tensor: ONNXTensorProto) -> String? {
    if !tensor.rawData.isEmpty {
      if bits != 0, tensor.rawData.count == bytes { return nil }
      return "expected \(bytes) bytes of data, found \(tensor.rawData.count)"
    }
    let given =
      tensor.floatData.count + tensor.int32Data.count + tensor.int64Data.count + tensor.doubleData.count
      + tensor.uint64Data.count + tensor.stringData.count
    let needed =
      switch tensor.dataType {
      case 14, 15: elements.multipliedReportingOverflow(by: 2).partialValue
      default: bits > 0 && bits < 8 ? bytes : elements
      }
    return given == needed ? nil : "expected \(needed) values, found \(given)"
  }
}
