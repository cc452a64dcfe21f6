// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletRuntime

extension InferenceResponse {
  /// The JSON form of the answer. Numbers are written so that they read back the same; a value that JSON cannot say
  /// (NaN, infinity) is `null`.
  package func json() throws(RuntimeError) -> [UInt8] {
    var writer = JSONWriter()
    writer.raw("{\"model_name\":")
    writer.string(model)
    writer.raw(",\"model_version\":")
    writer.string(version)
    if let id {
      writer.raw(",\"id\":")
      writer.string(id)
    }
    writer.raw(",\"outputs\":[")
    for (index, output) in outputs.enumerated() {
      if index > 0 { writer.raw(",") }
      writer.raw("{\"name\":")
      writer.string(output.name)
      writer.raw(",\"datatype\":\"\(TensorName.of(output.tensor.type))\",\"shape\":")
      writer.list(output.tensor.shape) { $0.integer($1) }
      writer.raw(",\"data\":")
      try writer.elements(output.tensor)
      writer.raw("}")
    }
    writer.raw("]}")
    return writer.bytes
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
    case .float16, .bfloat16:
      // Widened to what JSON can carry: the bits of the half-precision number fit exactly into a float.
      list(tensor.widened) { $0.number($1) }
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
  /// The elements of a half-precision tensor.
  fileprivate var widened: [Float] {
    let raw = bytes
    return stride(from: 0, to: raw.count, by: 2).map { index in
      let bits = UInt16(raw[index]) | UInt16(raw[index + 1]) << 8
      return type == .bfloat16 ? Float(bitPattern: UInt32(bits) << 16) : Float(halfBits: bits)
    }
  }
}

extension Float {
  /// IEEE 754 binary16.
  fileprivate init(halfBits bits: UInt16) {
    let sign: Float = bits >> 15 == 1 ? -1 : 1
    let exponent = Int(bits >> 10 & 31)
    let fraction = Float(bits & 1023)
    self =
      switch exponent {
      case 0: sign * fraction * 0x1p-24
      case 31: fraction == 0 ? sign * .infinity : .nan
      default: sign * (1 + fraction * 0x1p-10) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
      }
  }
}
