// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Why bytes are not a numpy array, or not the one that was asked for.
package enum NumpyError: Error, Equatable, Sendable {
  case notAnArray
  case unsupportedVersion(major: UInt8, minor: UInt8)
  case badHeader(offset: Int, reason: String)
  case truncated(needed: Int, available: Int)
  /// The conversion that was asked for would lose something.
  case wrongType(found: String, expected: String)
}

extension NumpyError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAnArray: "expected a .npy array, found other bytes"
    case .unsupportedVersion(let major, let minor):
      "expected version 1, 2 or 3 of the .npy format, found \(major).\(minor)"
    case .badHeader(let offset, let reason): "the .npy header is broken at offset \(offset): \(reason)"
    case .truncated(let needed, let available):
      "the array needs \(needed) bytes of data, and there are \(available)"
    case .wrongType(let found, let expected): "expected an array of \(expected), found \(found)"
    }
  }
}

/// A `.npy` file (NEP 1; versions 1 to 3).
///
///     let array = try NumpyArray(Bytes(contentsOf: path))
///     let images = try array.float32()   // row-major, array.shape
package struct NumpyArray: Sendable {
  package let descr: NumpyDescr
  package let shape: [Int]
  package let fortranOrder: Bool
  /// The elements, or for objects the whole rest of the file.
  package let data: Bytes
  /// Bytes behind the elements that belong to nothing.
  package let trailing: Bytes

  /// Whether bytes are an array of numbers, and nothing else.
  package static func isExact(_ bytes: Bytes) -> Bool {
    guard let array = try? NumpyArray(bytes) else { return false }
    return array.pickle == nil && array.trailing.isEmpty
  }

  package var count: Int { shape.reduce(1, *) }
  /// The pickle that holds the elements of an array of objects.
  package var pickle: Bytes? { descr.hasObjects ? data : nil }

  /// - Throws: every case of ``NumpyError`` but ``NumpyError/wrongType(found:expected:)``.
  package init(_ bytes: Bytes) throws(NumpyError) {
    var cursor = ByteCursor(bytes.span)
    let major: UInt8
    let minor: UInt8
    let length: Int
    do {
      for byte: UInt8 in [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59] where try cursor.u8() != byte {
        throw NumpyError.notAnArray
      }
      major = try cursor.u8()
      minor = try cursor.u8()
      guard (1...3).contains(major), minor == 0 else {
        throw NumpyError.unsupportedVersion(major: major, minor: minor)
      }
      length = major == 1 ? Int(try cursor.u16()) : Int(try cursor.u32())
    } catch let error as NumpyError {
      throw error
    } catch {
      throw .notAnArray
    }
    let start = cursor.offset
    guard length <= Limits.numpyHeader else { throw .badHeader(offset: start, reason: "it is too long") }
    let header: Bytes
    do { header = try bytes.checkedSlice(at: start, count: length) } catch {
      throw .badHeader(offset: start, reason: "the file ends inside it")
    }
    (descr, fortranOrder, shape) = try Self.parse(major < 3 ? Self.latin1(header) : header.array(), at: start)
    let rest = bytes.slice(start + length..<bytes.count)
    if descr.hasObjects {
      data = rest
      trailing = rest.slice(rest.count..<rest.count)
      return
    }
    var needed = descr.itemSize
    for size in shape {
      let (product, overflow) = needed.multipliedReportingOverflow(by: size)
      guard !overflow else { throw .badHeader(offset: start, reason: "the shape overflows") }
      needed = product
    }
    guard needed <= rest.count else { throw .truncated(needed: needed, available: rest.count) }
    data = rest.slice(0..<needed)
    trailing = rest.slice(needed..<rest.count)
  }

  /// Headers are Latin-1 before version 3, and UTF-8 from there on.
  private static func latin1(_ header: Bytes) -> [UInt8] {
    let bytes = header.array()
    guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
    return bytes.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }
  }

  private static func parse(
    _ header: [UInt8], at start: Int
  ) throws(NumpyError) -> (NumpyDescr, Bool, [Int]) {
    var parser = PythonLiteralParser(header)
    let literal: PythonLiteral
    do { literal = try parser.whole() } catch {
      throw .badHeader(offset: start + error.offset, reason: "expected \(error.expected)")
    }
    guard case .dict(let pairs) = literal, pairs.count == 3 else {
      throw .badHeader(offset: start, reason: "expected the keys descr, fortran_order and shape")
    }
    func value(_ key: String) -> PythonLiteral? { pairs.first { $0.key == key }?.value }
    guard let described = value("descr"), let descr = NumpyDescr(described) else {
      throw .badHeader(offset: start, reason: "descr is no type that numpy writes")
    }
    guard case .bool(let fortran)? = value("fortran_order") else {
      throw .badHeader(offset: start, reason: "fortran_order is neither True nor False")
    }
    guard case .tuple(let sizes)? = value("shape"), sizes.count <= Limits.numpyDimensions else {
      throw .badHeader(offset: start, reason: "shape is no tuple of at most \(Limits.numpyDimensions) sizes")
    }
    var shape: [Int] = []
    var product = 1
    for size in sizes {
      guard case .int(let count) = size, count < 1 << 48 else {
        throw .badHeader(offset: start, reason: "shape is no tuple of sizes")
      }
      let (next, overflow) = product.multipliedReportingOverflow(by: count)
      guard !overflow else { throw .badHeader(offset: start, reason: "the shape overflows") }
      product = next
      shape.append(count)
    }
    return (descr, fortran, shape)
  }
}
