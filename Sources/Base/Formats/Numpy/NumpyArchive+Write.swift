// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// An array to be written. Little-endian, in C order.
package struct WrittenArray: Sendable {
  let name: String
  let descr: String
  let shape: [Int]
  let bytes: [UInt8]

  /// - Parameter name: in the archive, without `.npy`.
  package init(_ name: String, float32 values: [Float], shape: [Int]) {
    (self.name, descr, self.shape) = (name, "<f4", shape)
    bytes = values.flatMap { Self.bytes(UInt64($0.bitPattern), 4) }
  }

  package init(_ name: String, int64 values: [Int64]) {
    (self.name, descr, shape) = (name, "<i8", [values.count])
    bytes = values.flatMap { Self.bytes(UInt64(bitPattern: $0), 8) }
  }

  /// Elements as they stand in another file.
  /// - Parameters:
  ///   - descr: a simple type, such as `<f4`.
  ///   - bytes: in C order, of that type.
  package init(_ name: String, descr: String, shape: [Int], bytes: [UInt8]) {
    (self.name, self.descr, self.shape, self.bytes) = (name, descr, shape, bytes)
  }

  fileprivate static func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
  }

  /// The file in numpy's format, version 1.0.
  fileprivate var npy: [UInt8] {
    let dims = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var header = Array("{'descr': '\(descr)', 'fortran_order': False, 'shape': (\(dims)), }".utf8)
    let length = (10 + header.count + 1 + 63) / 64 * 64 - 10
    header += [UInt8](repeating: 0x20, count: length - 1 - header.count) + [0x0A]
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + Self.bytes(UInt64(length), 2) + header + bytes
  }
}

extension NumpyArchive {
  /// The bytes of an npz file: a zip archive with one stored member an array, as `numpy.savez` writes it, without times.
  /// - Parameter arrays: of less than 4 GB together.
  package static func encoded(_ arrays: [WrittenArray]) -> [UInt8] {
    func u16(_ value: Int) -> [UInt8] { WrittenArray.bytes(UInt64(value), 2) }
    func u32(_ value: Int) -> [UInt8] { WrittenArray.bytes(UInt64(value), 4) }
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for array in arrays {
      let (name, data) = (Array((array.name + ".npy").utf8), array.npy)
      let sizes = u32(Int(Inflate.crc32(Bytes(data)))) + u32(data.count) + u32(data.count)
      // Version 2.0, no flags, stored, 1 January 1980.
      let common = u16(20) + u16(0) + u16(0) + u16(0) + u16(0x21) + sizes + u16(name.count) + u16(0)
      directory += u32(0x0201_4B50) + u16(20) + common + u16(0) + u16(0) + u16(0) + u32(0) + u32(file.count)
      directory += name
      file += u32(0x0403_4B50) + common + name + data
    }
    let end = u16(0) + u16(0) + u16(arrays.count) + u16(arrays.count) + u32(directory.count) + u32(file.count)
    return file + directory + u32(0x0605_4B50) + end + u16(0)
  }
}
