// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletRuntime

/// A tensor that a request announces, before its elements are read.
struct TensorPlace {
  let name: String
  let type: ElementType
  let shape: [Int]
  /// What the shape comes to.
  let count: Int

  /// From the JSON of its elements, flat or nested.
  func read(json: Span<UInt8>) throws(InferenceError) -> Tensor {
    let elements = ElementReader(tensor: name, type: TensorName.of(type), count: count)
    do {
      switch type {
      case .float32: return try Tensor(float32: elements.floats(json), shape: shape)
      case .float64: return try Tensor(float64: elements.doubles(json), shape: shape)
      case .float16, .bfloat16:
        let halves = try elements.halves(json, type == .bfloat16)
        return try Tensor(type, bytes: halves.span, shape: shape)
      case .int8: return try Tensor(int8: elements.integers(json), shape: shape)
      case .int16: return try Tensor(int16: elements.integers(json), shape: shape)
      case .int32: return try Tensor(int32: elements.integers(json), shape: shape)
      case .int64: return try Tensor(int64: elements.integers(json), shape: shape)
      case .uint8: return try Tensor(uint8: elements.integers(json), shape: shape)
      case .uint16: return try Tensor(uint16: elements.integers(json), shape: shape)
      case .uint32: return try Tensor(uint32: elements.integers(json), shape: shape)
      case .uint64: return try Tensor(uint64: elements.integers(json), shape: shape)
      case .bool: return try Tensor(bools: elements.bools(json), shape: shape)
      case .string: return try Tensor(strings: elements.strings(json), shape: shape)
      }
    } catch let error as InferenceError {
      throw error
    } catch {
      throw .malformed("input \(name): \(error)")
    }
  }

  /// From raw bytes, little-endian in row-major order; of texts, each behind its length.
  func read(raw: Span<UInt8>) throws(InferenceError) -> Tensor {
    guard let size = type.size else { return try make(strings: try strings(raw)) }
    guard raw.count == count * size else {
      throw .badLength(expected: "\(count * size) raw bytes for input \(name)", found: raw.count)
    }
    if type == .bool {
      for index in raw.indices where raw[index] > 1 { throw .badElement(tensor: name, type: "BOOL") }
    }
    do { return try Tensor(type, bytes: raw, shape: shape) } catch {
      throw .malformed("input \(name): \(error)")
    }
  }

  /// From a body that is one text.
  func read(text: Span<UInt8>) throws(InferenceError) -> Tensor {
    guard count == 1 else { throw .wrongCount(tensor: name, expected: count, found: 1) }
    return try make(strings: [try string(text)])
  }

  /// Each text is its length in four bytes, little-endian, and its UTF-8.
  private func strings(_ raw: Span<UInt8>) throws(InferenceError) -> [String] {
    var texts: [String] = []
    // A shape is a claim; the bytes that came bound how much of it can be true.
    texts.reserveCapacity(min(count, raw.count / 4))
    var offset = 0
    while offset < raw.count {
      guard raw.count - offset >= 4 else {
        throw .badLength(expected: "the four bytes of a length in input \(name)", found: raw.count - offset)
      }
      var length = 0
      for place in 0..<4 { length |= Int(raw[offset + place]) << (8 * place) }
      offset += 4
      guard length <= raw.count - offset else {
        throw .badLength(expected: "a text of \(length) bytes in input \(name)", found: raw.count - offset)
      }
      guard texts.count < count else {
        throw .wrongCount(tensor: name, expected: count, found: texts.count + 1)
      }
      texts.append(try string(raw.extracting(offset..<offset + length)))
      offset += length
    }
    guard texts.count == count else {
      throw .wrongCount(tensor: name, expected: count, found: texts.count)
    }
    return texts
  }

  private func string(_ bytes: Span<UInt8>) throws(InferenceError) -> String {
    let text = unsafe bytes.withUnsafeBufferPointer { unsafe String(validating: $0, as: UTF8.self) }
    guard let text else { throw .badElement(tensor: name, type: "BYTES (text in UTF-8)") }
    return text
  }

  private func make(strings: [String]) throws(InferenceError) -> Tensor {
    do { return try Tensor(strings: strings, shape: shape) } catch {
      throw .malformed("input \(name): \(error)")
    }
  }
}
