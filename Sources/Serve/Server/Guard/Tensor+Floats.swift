// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletRuntime

extension Tensor {
  /// The elements as floats, rounded where they are finer; none of texts.
  var rounded: [Float] {
    get throws(RuntimeError) {
      switch type {
      case .float32: try floats
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

  /// A tensor of this one's type and shape with other classes, which ``classes(named:)`` gives again.
  func with(classes: [Int], named names: [String]?) throws(RuntimeError) -> Tensor? {
    let said = names.map { names in classes.map { names.indices.contains($0) ? names[$0] : "" } }
    if type == .string {
      guard let said else { return nil }
      return try Tensor(strings: said, shape: shape)
    }
    let numbers = said.map { $0.map { Int64($0) ?? -1 } } ?? classes.map { Int64($0) }
    switch type {
    case .int64: return try Tensor(int64: numbers, shape: shape)
    case .int32: return try Tensor(int32: numbers.map { Int32(truncatingIfNeeded: $0) }, shape: shape)
    default: return nil
    }
  }

  /// The class of each element of an output that names classes.
  /// - Parameter names: what it calls them, in their order; nil for one that gives their places.
  /// - Returns: nil for types that name no class, and for a class that is not among the names.
  func classes(named names: [String]?) throws(RuntimeError) -> [Int]? {
    let said: [String]
    switch type {
    case .string: said = try strings
    case .int64: said = try array(of: Int64.self).map { "\($0)" }
    case .int32: said = try array(of: Int32.self).map { "\($0)" }
    default: return nil
    }
    let places: [Int] = said.compactMap { word in
      if let names { names.firstIndex(of: word) } else if type != .string { Int(word) } else { nil }
    }
    return places.count == said.count ? places : nil
  }
}
