// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The type of a value of an ONNX graph: `TypeProto`.
package indirect enum ONNXValueType: Sendable, Equatable {
  package enum Dimension: Sendable, Equatable {
    case size(Int64)
    /// A size that is only known when the model runs, by the name that it has in the model.
    case named(String)
    case open
  }

  /// - Parameter shape: nil when even the number of dimensions is open.
  case tensor(element: UInt64, shape: [Dimension]?)
  case sequence(ONNXValueType)
  case optional(ONNXValueType)
  case map(key: UInt64, ONNXValueType)
  case unknown

  /// - Throws: ``ProtoError``.
  init(_ message: ProtoReader) throws(ProtoError) {
    var reader = message
    self = .unknown
    while let field = try reader.next() {
      switch field.number {
      case 1, 8: self = try Self.tensor(reader.message(field))
      case 4: self = .sequence(try Self.inner(reader.message(field), at: 1).type)
      case 5:
        let map = try Self.inner(reader.message(field), at: 2)
        self = .map(key: map.key, map.type)
      case 9: self = .optional(try Self.inner(reader.message(field), at: 1).type)
      default: break
      }
    }
  }

  private static func tensor(_ message: ProtoReader) throws(ProtoError) -> ONNXValueType {
    var reader = message
    var element: UInt64 = 0
    var shape: [Dimension]?
    while let field = try reader.next() {
      if field.number == 1 { element = try reader.number(field) }
      if field.number == 2 { shape = try Self.shape(reader.message(field)) }
    }
    return .tensor(element: element, shape: shape)
  }

  private static func shape(_ message: ProtoReader) throws(ProtoError) -> [Dimension] {
    var reader = message
    var shape: [Dimension] = []
    while let field = try reader.next() {
      guard field.number == 1 else { continue }
      guard shape.count < Limits.onnxDimensions else { throw .malformed(offset: field.offset) }
      var size = Dimension.open
      var part = try reader.message(field)
      while let item = try part.next() {
        if item.number == 1 { size = .size(Int64(bitPattern: try part.number(item))) }
        if item.number == 2 { size = .named(try part.short(item)) }
      }
      shape.append(size)
    }
    return shape
  }

  /// The type in field `number` of a message, and the number in field 1 of a map.
  private static func inner(
    _ message: ProtoReader, at number: Int
  ) throws(ProtoError) -> (key: UInt64, type: ONNXValueType) {
    var reader = message
    var key: UInt64 = 0
    var type = ONNXValueType.unknown
    while let field = try reader.next() {
      if field.number == number { type = try ONNXValueType(reader.message(field)) }
      if field.number == 1, number == 2 { key = try reader.number(field) }
    }
    return (key, type)
  }
}
