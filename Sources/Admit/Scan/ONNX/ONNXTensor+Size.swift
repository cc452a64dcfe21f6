// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension ONNXTensor {
  /// Bits of one element by `TensorProto.DataType`; strings have none.
  private static let bits: [UInt64: Int] = [
    1: 32, 2: 8, 3: 8, 4: 16, 5: 16, 6: 32, 7: 64, 8: 0, 9: 8, 10: 16, 11: 64, 12: 32, 13: 64, 14: 64,
    15: 128, 16: 16, 17: 8, 18: 8, 19: 8, 20: 8, 21: 4, 22: 4, 23: 4, 24: 8, 25: 2, 26: 2,
  ]

  /// How many elements and bytes the dimensions and the type ask for; 0 bytes for strings. Nil when a dimension is
  /// negative, their product overflows, or the type is unknown.
  var size: (elements: Int, bytes: Int)? {
    guard let bits = Self.bits[type], !isExcessive else { return nil }
    var elements = 1
    for dimension in dimensions {
      guard dimension >= 0 else { return nil }
      let (product, overflow) = elements.multipliedReportingOverflow(by: Int(dimension))
      guard !overflow else { return nil }
      elements = product
    }
    let (total, overflow) = elements.multipliedReportingOverflow(by: max(bits, 1))
    guard !overflow, total <= .max - 7 else { return nil }
    return (elements, bits == 0 ? 0 : (total + 7) / 8)
  }

  /// How the data in the tensor itself differs from what it should be, or nil.
  func contradiction(_ size: (elements: Int, bytes: Int)) -> String? {
    let bits = Self.bits[type] ?? 0
    if let raw, !raw.isEmpty {
      if values > 0 { return "expected the data once, found it as bytes and as values" }
      if bits != 0, raw.count == size.bytes { return nil }
      return "expected \(size.bytes) bytes of data, found \(raw.count)"
    }
    let needed =
      switch type {
      case 14, 15: size.elements.multipliedReportingOverflow(by: 2).partialValue
      default: bits > 0 && bits < 8 ? size.bytes : size.elements
      }
    guard values == needed else { return "expected \(needed) values, found \(values)" }
    let field = Self.field(type)
    guard let other = typedFields.first(where: { $0 != field }) else { return nil }
    return "expected the values of type \(type) in field \(field), found some in field \(other)"
  }

  /// The typed field that the values of a type stand in: `float_data`, `int32_data` and so on.
  private static func field(_ type: UInt64) -> Int {
    switch type {
    case 1, 14: 4
    case 7: 7
    case 8: 6
    case 11, 15: 10
    case 12, 13: 11
    default: 5
    }
  }
}
