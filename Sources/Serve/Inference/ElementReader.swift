// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// Reads the elements of one tensor, flat or nested, in row-major order.
struct ElementReader {
  let tensor: String
  /// The protocol's name of the type, for messages.
  let type: String
  let count: Int

  func floats(_ bytes: Span<UInt8>) throws(InferenceError) -> [Float] {
    try elements(bytes) { reader throws(JSONError) in try reader.float() }
  }

  func doubles(_ bytes: Span<UInt8>) throws(InferenceError) -> [Double] {
    try elements(bytes) { reader throws(JSONError) in try reader.double() }
  }

  /// Numbers of 16 bits, as the bytes of their patterns.
  func halves(_ bytes: Span<UInt8>, _ isBrain: Bool) throws(InferenceError) -> [UInt8] {
    let patterns = try elements(bytes) { reader throws(JSONError) in
      let start = reader.offset
      let value = try reader.float()
      let pattern = isBrain ? value.brainPattern : Float16(value).bitPattern
      guard pattern & 0x7FFF < (isBrain ? 0x7F80 : 0x7C00) else { throw .badNumber(offset: start) }
      return pattern
    }
    var halves: [UInt8] = []
    halves.reserveCapacity(patterns.count * 2)
    for pattern in patterns {
      halves.append(UInt8(truncatingIfNeeded: pattern))
      halves.append(UInt8(truncatingIfNeeded: pattern >> 8))
    }
    return halves
  }

  func integers<Element: FixedWidthInteger>(_ bytes: Span<UInt8>) throws(InferenceError) -> [Element] {
    try elements(bytes) { reader throws(JSONError) in
      reader.skipSpace()
      let start = reader.offset
      if let (isNegative, magnitude) = reader.whole() {
        let value = isNegative ? -Int128(magnitude) : Int128(magnitude)
        guard let element = Element(exactly: value) else { throw .badNumber(offset: start) }
        return element
      }
      switch try reader.number() {
      case .integer(let value):
        guard let element = Element(exactly: value) else { throw .badNumber(offset: start) }
        return element
      // The upper half of the unsigned 64-bit numbers, which JSON readers may have rounded on the way.
      case .number(let value):
        guard let element = Element(exactly: value) else { throw .badNumber(offset: start) }
        return element
      default: throw .badNumber(offset: start)
      }
    }
  }

  func bools(_ bytes: Span<UInt8>) throws(InferenceError) -> [Bool] {
    try elements(bytes) { reader throws(JSONError) in
      let start = reader.offset
      guard case .bool(let value) = try reader.value() else {
        throw .unexpected(offset: start, expected: "true or false")
      }
      return value
    }
  }

  func strings(_ bytes: Span<UInt8>) throws(InferenceError) -> [String] {
    try elements(bytes) { reader throws(JSONError) in try reader.string() }
  }

  /// Reads one element after another, whatever the nesting: the shape says how they belong together.
  private func elements<Element>(
    _ bytes: Span<UInt8>, _ read: (inout JSONReader) throws(JSONError) -> Element
  ) throws(InferenceError) -> [Element] {
    var found: [Element] = []
    // A shape is a claim; the bytes that came bound how much of it can be true.
    found.reserveCapacity(min(count, bytes.count))
    var reader = JSONReader(bytes)
    do throws(JSONError) {
      var depth = 0
      repeat {
        while try reader.take(UInt8(ascii: "[")) { depth += 1 }
        if depth == 0 || reader.peek != UInt8(ascii: "]") {
          found.append(try read(&reader))
          if found.count > count { break }
        }
        while depth > 0, try reader.take(UInt8(ascii: "]")) { depth -= 1 }
        guard depth > 0 else { break }
        try reader.expect(UInt8(ascii: ","))
      } while true
    } catch {
      throw .badElement(tensor: tensor, type: type)
    }
    guard found.count == count else {
      throw .wrongCount(tensor: tensor, expected: count, found: found.count)
    }
    return found
  }
}

extension Float {
  /// The upper half of the pattern, rounded to nearest, ties to even.
  fileprivate var brainPattern: UInt16 {
    let bits = bitPattern
    return UInt16((bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
  }
}
