// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletRuntime

extension Tensor {
  /// The elements as floats, rounded where they are finer; none of texts.
  var floats: [Float] {
    get throws(RuntimeError) {
      switch type {
      case .float32: try array(of: Float.self)
      case .float64: try array(of: Double.self).map { Float($0) }
      case .int8: try array(of: Int8.self).map { Float($0) }
      case .int16: try array(of: Int16.self).map { Float($0) }
      case .int32: try array(of: Int32.self).map { Float($0) }
      case .int64: try array(of: Int64.self).map { Float($0) }
      case .uint8: try array(of: UInt8.self).map { Float($0) }
      case .uint16: try array(of: UInt16.self).map { Float($0) }
      case .uint32: try array(of: UInt32.self).map { Float($0) }
      case .uint64: try array(of: UInt64.self).map { Float($0) }
      case .bool: try bools.map { $0 ? 1 : 0 }
      case .float16: halves.map { Float(Float16(bitPattern: $0)) }
      case .bfloat16: halves.map { Float(bitPattern: UInt32($0) << 16) }
      case .string: []
      }
    }
  }

  private var halves: [UInt16] {
    let raw = bytes
    return stride(from: 0, to: raw.count, by: 2).map { UInt16(raw[$0]) | UInt16(raw[$0 + 1]) << 8 }
  }

  /// Whether its elements are floating-point numbers.
  var isFloating: Bool { [.float32, .float64, .float16, .bfloat16].contains(type) }

  /// A tensor of this one's type and shape with other floating-point elements.
  func with(_ values: [Float]) throws(RuntimeError) -> Tensor {
    switch type {
    case .float64: return try Tensor(float64: values.map { Double($0) }, shape: shape)
    case .float16: return try with(halves: values.map { Float16($0).bitPattern })
    case .bfloat16: return try with(halves: values.map { UInt16($0.bitPattern >> 16) })
    default: return try Tensor(float32: values, shape: shape)
    }
  }

  private func with(halves: [UInt16]) throws(RuntimeError) -> Tensor {
    let bytes = halves.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    return try Tensor(type, bytes: bytes.span, shape: shape)
  }

  /// A tensor of this one's type and shape with other whole numbers, for types that labels have.
  /// - Returns: nil for other types.
  func with(labels: [Int]) throws(RuntimeError) -> Tensor? {
    switch type {
    case .int64: try Tensor(int64: labels.map { Int64($0) }, shape: shape)
    case .int32: try Tensor(int32: labels.map { Int32(truncatingIfNeeded: $0) }, shape: shape)
    default: nil
    }
  }

  /// The elements as whole numbers, of types that labels have; nil for other types.
  var labels: [Int]? {
    get throws(RuntimeError) {
      switch type {
      case .int64: try array(of: Int64.self).map { Int(clamping: $0) }
      case .int32: try array(of: Int32.self).map { Int($0) }
      default: nil
      }
    }
  }
}
