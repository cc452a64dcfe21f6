// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletRuntime

extension InferenceRequest {
  /// Reads the body of a request: JSON, or JSON with raw bytes behind it.
  ///
  ///     {"id": "1", "inputs": [{"name": "image", "shape": [1, 2], "datatype": "FP32", "data": [0.5, 1]}]}
  ///
  /// `data` may be flat or nested, and may stand before the shape and the type it depends on. Numbers go straight into
  /// the tensor. An input with the parameter `binary_data_size` has its elements behind the JSON instead, in the order of the
  /// inputs (Triton, "Binary Tensor Data Extension"). Members that the protocol does not name are skipped.
  ///
  /// - Parameters:
  ///   - jsonLength: where the JSON ends and the raw bytes begin: the header `Inference-Header-Content-Length`. `nil` when
  ///     all of it is JSON.
  ///   - elements: how many elements all inputs together may have.
  /// - Throws: ``InferenceError``.
  package init(
    body bytes: Span<UInt8>, jsonLength: Int? = nil, limit elements: Int
  ) throws(InferenceError) {
    var memory = EnvelopeMemory()
    try self.init(body: bytes, jsonLength: jsonLength, limit: elements, remembering: &memory)
  }

  /// The same for one of several questions.
  package init(
    body bytes: Span<UInt8>, jsonLength: Int?, limit elements: Int, remembering memory: inout EnvelopeMemory
  ) throws(InferenceError) {
    let length = jsonLength ?? bytes.count
    guard length >= 0, length <= bytes.count else {
      throw .badLength(expected: "at most \(bytes.count), the length of the body", found: length)
    }
    let json = bytes.extracting(first: length)
    // JSON with the elements in it is another each time.
    let envelope = jsonLength == nil ? try RequestEnvelope(json) : try memory.envelope(of: json)
    var left = elements
    var raw = length
    var inputs: [(name: String, tensor: Tensor)] = []
    inputs.reserveCapacity(envelope.inputs.count)
    for input in envelope.inputs {
      guard let name = input.name else { throw .malformed("an input has no `name`") }
      guard let shape = input.shape, let type = input.type else {
        throw .malformed("input \(name): expected `shape` and `datatype`")
      }
      guard let element = TensorName.byName[type] else { throw .unknownType(type, tensor: name) }
      let place = TensorPlace(
        name: name, type: element, shape: shape, count: try Self.count(shape, of: name, limit: &left))
      switch (input.data, input.rawSize) {
      case (let data?, nil):
        inputs.append((name, try place.read(json: json.extracting(data))))
      case (nil, let size?):
        guard size >= 0, size <= bytes.count - raw else {
          throw .badLength(expected: "at most \(bytes.count - raw) raw bytes for input \(name)", found: size)
        }
        inputs.append((name, try place.read(raw: bytes.extracting(raw..<raw + size))))
        raw += size
      case (nil, nil):
        throw .malformed(
          "input \(name): expected `data`, or `binary_data_size` and raw bytes behind the JSON")
      case (_?, _?):
        throw .malformed("input \(name): expected `data` or `binary_data_size`, found both")
      }
    }
    guard raw == bytes.count else {
      throw .badLength(expected: "\(raw - length) raw bytes behind the JSON", found: bytes.count - length)
    }
    self.init(id: envelope.id, inputs: inputs, outputs: envelope.outputs, wantsBinary: envelope.wantsBinary)
  }

  /// Reads a body that has nothing but the elements of a model's only input. The answer is to come as raw bytes too.
  ///
  /// Of the sizes that the model leaves open, the first follows from the length of the body and the others are 1. A text is one
  /// element, the whole body (Triton, "Raw Binary Request").
  /// - Throws: ``InferenceError``.
  package init(raw bytes: Span<UInt8>, inputs: [ModelMetadata.Tensor], limit: Int) throws(InferenceError) {
    guard inputs.count == 1, let type = TensorName.byName[inputs[0].datatype] else {
      throw .malformed("expected JSON: only a model with one input can be asked with raw bytes alone")
    }
    let input = inputs[0]
    var shape = input.shape.map { $0 < 0 ? 1 : $0 }
    if let size = type.size, let open = input.shape.firstIndex(of: -1) {
      let row = shape.reduce(size) { $0.multipliedReportingOverflow(by: $1).partialValue }
      guard row > 0, bytes.count % row == 0 else {
        throw .badLength(expected: "a multiple of \(row) bytes for input \(input.name)", found: bytes.count)
      }
      shape[open] = bytes.count / row
    }
    var left = limit
    let count = try Self.count(shape, of: input.name, limit: &left)
    let place = TensorPlace(name: input.name, type: type, shape: shape, count: count)
    self.init(
      inputs: [(input.name, type == .string ? try place.read(text: bytes) : try place.read(raw: bytes))],
      wantsBinary: true)
  }

  /// How many elements a shape has, taken off what is left for the request.
  private static func count(
    _ shape: [Int], of name: String, limit: inout Int
  ) throws(InferenceError) -> Int {
    guard shape.count <= mostDimensions else { throw .tooLarge(tensor: name) }
    var count = 1
    for size in shape {
      guard size >= 0 else { throw .malformed("input \(name): a size in its shape is negative") }
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow else { throw .tooLarge(tensor: name) }
      count = product
    }
    guard count <= limit else { throw .tooLarge(tensor: name) }
    limit -= count
    return count
  }

  private static let mostDimensions = 64
}
