// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The types a tensor's elements can have. Raw values are the numbers the ONNX standard gives them
/// (`TensorProto.DataType`), which ONNX Runtime shares.
package enum ElementType: Int32, Sendable, CaseIterable {
  case float32 = 1
  case uint8 = 2
  case int8 = 3
  case uint16 = 4
  case int16 = 5
  case int32 = 6
  case int64 = 7
  case string = 8
  case bool = 9
  /// IEEE 754 binary16, held as raw bytes.
  case float16 = 10
  case float64 = 11
  case uint32 = 12
  case uint64 = 13
  /// The upper half of a float32, held as raw bytes.
  case bfloat16 = 16

  /// Bytes that one element takes in memory; nil for strings, which have no fixed size.
  package var size: Int? {
    switch self {
    case .uint8, .int8, .bool: 1
    case .uint16, .int16, .float16, .bfloat16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64: 8
    case .string: nil
    }
  }
}

extension ElementType: CustomStringConvertible {
  package var description: String {
    switch self {
    case .float32: "float32"
    case .uint8: "uint8"
    case .int8: "int8"
    case .uint16: "uint16"
    case .int16: "int16"
    case .int32: "int32"
    case .int64: "int64"
    case .string: "string"
    case .bool: "bool"
    case .float16: "float16"
    case .float64: "float64"
    case .uint32: "uint32"
    case .uint64: "uint64"
    case .bfloat16: "bfloat16"
    }
  }
}

/// A number that a tensor holds in Swift's own layout. Bool is not among them, because a byte from outside may
/// be neither 0 nor 1; see ``Tensor/bools``.
package protocol TensorElement: BitwiseCopyable, Sendable {
  static var elementType: ElementType { get }
}

extension Float: TensorElement { package static var elementType: ElementType { .float32 } }
extension Double: TensorElement { package static var elementType: ElementType { .float64 } }
extension Int8: TensorElement { package static var elementType: ElementType { .int8 } }
extension Int16: TensorElement { package static var elementType: ElementType { .int16 } }
extension Int32: TensorElement { package static var elementType: ElementType { .int32 } }
extension Int64: TensorElement { package static var elementType: ElementType { .int64 } }
extension UInt8: TensorElement { package static var elementType: ElementType { .uint8 } }
extension UInt16: TensorElement { package static var elementType: ElementType { .uint16 } }
extension UInt32: TensorElement { package static var elementType: ElementType { .uint32 } }
extension UInt64: TensorElement { package static var elementType: ElementType { .uint64 } }
