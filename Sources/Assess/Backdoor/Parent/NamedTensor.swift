// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// What the elements of a tensor are.
package enum ElementKind: String, Sendable, Codable, Equatable {
  case float64, float32, float16, bfloat16, int64, int32, int16, int8, uint64, uint32, uint16, uint8, bool
  /// Anything else, which is compared byte by byte.
  case other

  /// Bytes of one; of others, one.
  package var size: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .bool, .other: 1
    }
  }

  package var isFloat: Bool {
    switch self {
    case .float64, .float32, .float16, .bfloat16: true
    default: false
    }
  }

  package var isSmallInteger: Bool { self == .int8 || self == .uint8 }

  /// The largest error, as a share of the value, of a number that is rounded or cut to it; nil for one that is not rounded so.
  var precision: Double? {
    switch self {
    case .float32: 0x1p-23
    case .float16: 0x1p-10
    case .bfloat16: 0x1p-7
    default: nil
    }
  }
}

/// A named list of numbers in a file.
package struct NamedTensor: Sendable {
  package let name: String
  package let kind: ElementKind
  /// What the file calls the type of the elements.
  package let type: String
  package let shape: [Int]
  /// Little-endian, one element after the other.
  package let bytes: Bytes

  package var count: Int { bytes.count / kind.size }

  /// The bits of one element.
  func bits(_ place: Int) -> UInt64 {
    let span = bytes.span
    var bits: UInt64 = 0
    for byte in 0..<kind.size { bits |= UInt64(span[place * kind.size + byte]) << (8 * UInt64(byte)) }
    return bits
  }

  /// Some elements as numbers; integers beyond 2^53 are rounded.
  func numbers(_ range: Range<Int>) -> [Double] {
    let span = bytes.span
    var result: [Double] = []
    result.reserveCapacity(range.count)
    switch kind {
    case .float32:
      for place in range {
        let at = 4 * place
        let bits =
          UInt32(span[at]) | UInt32(span[at + 1]) << 8 | UInt32(span[at + 2]) << 16 | UInt32(span[at + 3])
          << 24
        result.append(Double(Float(bitPattern: bits)))
      }
    case .float16, .bfloat16:
      for place in range {
        let bits = UInt16(span[2 * place]) | UInt16(span[2 * place + 1]) << 8
        result.append(
          kind == .float16
            ? Double(Float16(bitPattern: bits)) : Double(Float(bitPattern: UInt32(bits) << 16)))
      }
    case .float64: for place in range { result.append(Double(bitPattern: bits(place))) }
    case .int64: for place in range { result.append(Double(Int64(bitPattern: bits(place)))) }
    case .int32: for place in range { result.append(Double(Int32(truncatingIfNeeded: bits(place)))) }
    case .int16: for place in range { result.append(Double(Int16(truncatingIfNeeded: bits(place)))) }
    case .int8: for place in range { result.append(Double(Int8(bitPattern: span[place]))) }
    default: for place in range { result.append(Double(bits(place))) }
    }
    return result
  }

  func hasSameBytes(as other: NamedTensor) -> Bool {
    guard bytes.count == other.bytes.count else { return false }
    let (mine, others) = (bytes.span, other.bytes.span)
    for place in 0..<mine.count where mine[place] != others[place] { return false }
    return true
  }
}
