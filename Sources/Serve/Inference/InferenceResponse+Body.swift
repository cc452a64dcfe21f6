// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletRuntime

/// An answer as it goes over the wire.
package struct AnswerBody: Equatable, Sendable {
  package let bytes: [UInt8]
  /// Where the JSON ends and raw bytes begin, for the header `Inference-Header-Content-Length`; `nil` when all of it is JSON.
  package let jsonLength: Int?
}

extension InferenceResponse {
  /// The answer in the form that the request asks for: numbers in the JSON, or raw bytes behind it.
  ///
  /// Numbers are written so that they read back the same; a value that JSON cannot say (NaN, infinity) is `null`. Of a
  /// half-precision number the JSON has the float that is the same.
  package func body(for request: InferenceRequest) throws(RuntimeError) -> AnswerBody {
    var writer = JSONWriter()
    writer.reserve(256 + outputs.reduce(0) { $0 + $1.tensor.count * 12 })
    writer.raw("{\"model_name\":")
    writer.string(model)
    writer.raw(",\"model_version\":")
    writer.string(version)
    if let id {
      writer.raw(",\"id\":")
      writer.string(id)
    }
    writer.raw(",\"outputs\":[")
    var raw: [RawTensor] = []
    for (index, output) in outputs.enumerated() {
      if index > 0 { writer.raw(",") }
      writer.raw("{\"name\":")
      writer.string(output.name)
      writer.raw(",\"datatype\":")
      writer.string(TensorName.of(output.tensor.type))
      writer.raw(",\"shape\":")
      writer.list(output.tensor.shape) { $0.integer($1) }
      if request.wantsBinary(output.name) {
        let part = try RawTensor(output.tensor)
        raw.append(part)
        writer.raw(",\"parameters\":{\"binary_data_size\":")
        writer.integer(part.size)
        writer.raw("}}")
      } else {
        writer.raw(",\"data\":")
        try writer.elements(output.tensor)
        writer.raw("}")
      }
    }
    writer.raw("]}")
    guard !raw.isEmpty else { return AnswerBody(bytes: writer.bytes, jsonLength: nil) }
    let length = writer.bytes.count
    writer.reserve(raw.reduce(0) { $0 + $1.size })
    for part in raw { try part.write(to: &writer) }
    return AnswerBody(bytes: writer.bytes, jsonLength: length)
  }
}

/// A tensor to be written behind the JSON.
private struct RawTensor {
  private let tensor: Tensor
  private let texts: [String]
  /// Bytes.
  let size: Int

  init(_ tensor: Tensor) throws(RuntimeError) {
    self.tensor = tensor
    texts = tensor.type == .string ? try tensor.strings : []
    size = tensor.type.size.map { $0 * tensor.count } ?? texts.reduce(0) { $0 + 4 + $1.utf8.count }
  }

  func write(to writer: inout JSONWriter) throws(RuntimeError) {
    if tensor.type != .string { return writer.raw(tensor.byteSpan) }
    for text in texts {
      let length = UInt32(text.utf8.count)
      let head: [UInt8] = (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * UInt32($0))) }
      writer.raw(head.span)
      writer.raw(text.utf8.span)
    }
  }
}

extension JSONWriter {
  fileprivate mutating func elements(_ tensor: Tensor) throws(RuntimeError) {
    switch tensor.type {
    case .float32: try numbers(tensor, of: Float.self) { $0.number($1) }
    case .float64: try numbers(tensor, of: Double.self) { $0.number($1) }
    case .int8: try numbers(tensor, of: Int8.self) { $0.integer($1) }
    case .int16: try numbers(tensor, of: Int16.self) { $0.integer($1) }
    case .int32: try numbers(tensor, of: Int32.self) { $0.integer($1) }
    case .int64: try numbers(tensor, of: Int64.self) { $0.integer($1) }
    case .uint8: try numbers(tensor, of: UInt8.self) { $0.integer($1) }
    case .uint16: try numbers(tensor, of: UInt16.self) { $0.integer($1) }
    case .uint32: try numbers(tensor, of: UInt32.self) { $0.integer($1) }
    case .uint64: try numbers(tensor, of: UInt64.self) { $0.integer($1) }
    case .bool: try list(tensor.bools) { $0.raw($1 ? "true" : "false") }
    case .string: try list(tensor.strings) { $0.string($1) }
    case .float16, .bfloat16: list(tensor.widened) { $0.number($1) }
    }
  }

  private mutating func numbers<Element: TensorElement>(
    _ tensor: Tensor, of type: Element.Type, _ write: (inout JSONWriter, Element) -> Void
  ) throws(RuntimeError) {
    let values = try tensor.span(of: type)
    raw("[")
    for index in values.indices {
      if index > 0 { raw(",") }
      write(&self, values[index])
    }
    raw("]")
  }
}

extension Tensor {
  /// The elements of a half-precision tensor: a float holds each exactly.
  fileprivate var widened: [Float] {
    let raw = bytes
    return stride(from: 0, to: raw.count, by: 2).map { index in
      let bits = UInt16(raw[index]) | UInt16(raw[index + 1]) << 8
      return type == .bfloat16 ? Float(bitPattern: UInt32(bits) << 16) : Float(Float16(bitPattern: bits))
    }
  }
}
