// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension NumpyArray {
  /// The elements as 32-bit floats in row-major order, from floats of 16, 32 and 64 bits, integers and booleans.
  /// - Throws: ``NumpyError/wrongType(found:expected:)`` for any other type.
  package func float32() throws(NumpyError) -> [Float] {
    switch (descr.kind, descr.itemSize) {
    case ("f", 2): return elements { Float(Float16(bitPattern: UInt16(truncatingIfNeeded: $0))) }
    case ("f", 4): return elements { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }
    case ("f", 8): return elements { Float(Double(bitPattern: $0)) }
    case ("b", _), ("u", _): return elements { Float($0) }
    case ("i", let size): return elements { Float(Self.signed($0, size)) }
    default: throw .wrongType(found: descr.text, expected: "numbers")
    }
  }

  /// The elements as 64-bit integers in row-major order, from integers and booleans.
  /// - Throws: ``NumpyError/wrongType(found:expected:)`` for any other type, and for a `u8` value above `Int64.max`.
  package func int64() throws(NumpyError) -> [Int64] {
    switch (descr.kind, descr.itemSize) {
    case ("i", let size): return elements { Self.signed($0, size) }
    case ("b", _), ("u", _):
      var fits = true
      let values = elements { (raw: UInt64) -> Int64 in
        fits = fits && raw <= UInt64(Int64.max)
        return Int64(truncatingIfNeeded: raw)
      }
      guard fits else { throw .wrongType(found: "\(descr.text) above 2^63", expected: "64-bit integers") }
      return values
    default: throw .wrongType(found: descr.text, expected: "integers")
    }
  }

  private static func signed(_ raw: UInt64, _ size: Int) -> Int64 {
    let unused = UInt64(64 - 8 * size)
    return Int64(bitPattern: raw << unused) >> Int64(unused)
  }

  /// Every element's bytes as a number, in row-major order.
  private func elements<Value>(_ convert: (UInt64) -> Value) -> [Value] {
    let span = data.span
    let size = descr.itemSize
    var result: [Value] = []
    result.reserveCapacity(count)
    func element(_ index: Int) -> Value {
      var raw: UInt64 = 0
      for byte in 0..<size {
        let shift = UInt64(8 * (descr.isBigEndian ? size - 1 - byte : byte))
        raw |= UInt64(span[index * size + byte]) << shift
      }
      return convert(raw)
    }
    guard fortranOrder, shape.count > 1 else {
      for index in 0..<count { result.append(element(index)) }
      return result
    }
    // The first index runs fastest in the file, the last in the result.
    var position = [Int](repeating: 0, count: shape.count)
    for _ in 0..<count {
      var index = 0
      for axis in shape.indices.reversed() { index = index * shape[axis] + position[axis] }
      result.append(element(index))
      for axis in shape.indices.reversed() {
        position[axis] += 1
        if position[axis] < shape[axis] { break }
        position[axis] = 0
      }
    }
    return result
  }
}
