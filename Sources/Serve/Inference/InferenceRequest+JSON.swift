// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletRuntime

extension InferenceRequest {
  /// Reads the JSON form of a request.
  ///
  ///     {"id": "1", "inputs": [{"name": "image", "shape": [1, 2], "datatype": "FP32", "data": [0.5, 1]}]}
  ///
  /// `data` may be flat or nested, and may stand before the shape and the type it depends on. Numbers go straight into
  /// the tensor. Members that the protocol does not name are skipped.
  ///
  /// - Parameter elements: how many elements all inputs together may have.
  /// - Throws: ``InferenceError``.
  package init(json bytes: Span<UInt8>, limit elements: Int) throws(InferenceError) {
    var envelope = RequestEnvelope()
    do throws(JSONError) { envelope = try RequestEnvelope(bytes) } catch { throw .notJSON(error) }
    guard !envelope.inputs.isEmpty else {
      throw .malformed("expected `inputs`, a list of at least one tensor")
    }
    var left = elements
    var inputs: [(name: String, tensor: Tensor)] = []
    for input in envelope.inputs {
      guard let name = input.name else { throw .malformed("an input has no `name`") }
      let tensor = try input.tensor(name, in: bytes, limit: &left)
      inputs.append((name, tensor))
    }
    id = envelope.id
    self.inputs = inputs
    outputs = envelope.outputs
  }
}

/// The outline of a request: everything but the numbers, and where those stand.
private struct RequestEnvelope {
  struct Input {
    var name: String?
    var shape: [Int]?
    var type: String?
    var data: Range<Int>?
  }

  var id: String?
  var inputs: [Input] = []
  var outputs: [String]?

  init() {}

  init(_ bytes: Span<UInt8>) throws(JSONError) {
    var reader = JSONReader(bytes)
    try reader.eachMember { reader, name throws(JSONError) in
      switch name {
      case "id": id = try reader.string()
      case "inputs":
        try reader.eachElement { reader throws(JSONError) in inputs.append(try Self.input(&reader)) }
      case "outputs":
        var names: [String] = []
        try reader.eachElement { reader throws(JSONError) in
          if let name = try Self.input(&reader).name { names.append(name) }
        }
        outputs = names
      default: _ = try reader.skipValue()
      }
    }
    try reader.end()
  }

  private static func input(_ reader: inout JSONReader) throws(JSONError) -> Input {
    var input = Input()
    try reader.eachMember { reader, name throws(JSONError) in
      switch name {
      case "name": input.name = try reader.string()
      case "datatype": input.type = try reader.string()
      case "shape":
        var shape: [Int] = []
        try reader.eachElement { reader throws(JSONError) in
          let start = reader.offset
          guard case .integer(let size) = try reader.number() else { throw .badNumber(offset: start) }
          shape.append(Int(size))
        }
        input.shape = shape
      case "data": input.data = try reader.skipValue()
      default: _ = try reader.skipValue()
      }
    }
    return input
  }
}

extension RequestEnvelope.Input {
  func tensor(
    _ name: String, in bytes: Span<UInt8>, limit: inout Int
  ) throws(InferenceError) -> Tensor {
    guard let shape, let type, let data else {
      throw .malformed("input \(name): expected `shape`, `datatype` and `data`")
    }
    guard let element = TensorName.byName[type] else { throw .unknownType(type, tensor: name) }
    var count = 1
    for size in shape {
      guard size >= 0 else { throw .malformed("input \(name): a size in its shape is negative") }
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow else { throw .tooLarge(tensor: name) }
      count = product
    }
    guard count <= limit else { throw .tooLarge(tensor: name) }
    limit -= count
    let elements = ElementReader(tensor: name, type: type, count: count)
    let part = bytes.extracting(data)
    do {
      switch element {
      case .float32: return try Tensor(float32: elements.numbers(part) { Float($0) }, shape: shape)
      case .float64: return try Tensor(float64: elements.numbers(part) { $0 }, shape: shape)
      case .int8: return try Tensor(int8: elements.integers(part), shape: shape)
      case .int16: return try Tensor(int16: elements.integers(part), shape: shape)
      case .int32: return try Tensor(int32: elements.integers(part), shape: shape)
      case .int64: return try Tensor(int64: elements.integers(part), shape: shape)
      case .uint8: return try Tensor(uint8: elements.integers(part), shape: shape)
      case .uint16: return try Tensor(uint16: elements.integers(part), shape: shape)
      case .uint32: return try Tensor(uint32: elements.integers(part), shape: shape)
      case .uint64: return try Tensor(uint64: elements.integers(part), shape: shape)
      case .bool: return try Tensor(bools: elements.bools(part), shape: shape)
      default: return try Tensor(strings: elements.strings(part), shape: shape)
      }
    } catch let error as InferenceError {
      throw error
    } catch {
      throw .malformed("input \(name): \(error)")
    }
  }
}
