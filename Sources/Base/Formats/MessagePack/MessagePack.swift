// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A MessagePack value, walked and not built: flax checkpoints, spaCy, msgpack-numpy. Source: the MessagePack specification.
package struct MessagePack: Sendable {
  package struct Extension: Sendable {
    package let type: Int8
    package let offset: Int
    package let bytes: Range<Int>
  }

  /// Extensions by their type, the first of each; those of flax (1 to 3) are checked and not listed.
  package private(set) var extensions: [Extension] = []
  /// Where an array of msgpack-numpy has objects as elements.
  package private(set) var objectArrays: [Int] = []
  /// Binary values and texts that begin like a pickle or an archive.
  package private(set) var payloads: [Range<Int>] = []
  package private(set) var error: StructureError?
  private let bytes: Bytes
  private var hasMore = false

  /// A map whose first key is a word or, when the whole file agrees, a number.
  package static func looksLikeOne(_ bytes: Bytes) -> Bool {
    // The empty map, which is a whole file of flax.
    if bytes.count == 1 { return bytes[0] == 0x80 }
    guard bytes.count >= 4 else { return false }
    let at: Int
    switch bytes[0] {
    case 0x81...0x8F: at = 1
    case 0xDE: at = 3
    case 0xDF: at = 5
    default: return false
    }
    guard bytes.count > at + 2 else { return false }
    var start = at + 1
    var length = 0
    switch bytes[at] {
    case 0xA1...0xBF: length = Int(bytes[at] & 0x1F)
    case 0xD9, 0xC4:
      length = Int(bytes[at + 1])
      start += 1
    case 0xCE, 0xCF: return MessagePack(bytes).error == nil
    default: return false
    }
    guard length > 0, bytes.count >= start + length else { return false }
    for index in start..<start + length where bytes[index] < 0x20 || bytes[index] >= 0x7F { return false }
    return true
  }

  package init(_ bytes: Bytes) {
    self.bytes = bytes
    do throws(StructureError) {
      var reader = StructureReader(bytes.span, bigEndian: true)
      _ = try value(&reader, depth: 0)
      try reader.end("the value")
      if hasMore {
        throw StructureError(.uncovered, "more values that begin like files than are looked into", at: 0)
      }
    } catch { self.error = error }
  }

  /// What a map key was, as far as it matters.
  private enum Word: Equatable { case none, text(String) }

  private mutating func value(_ reader: inout StructureReader, depth: Int) throws(StructureError) -> Word {
    let at = reader.offset
    guard depth < Limits.learnerDepth else {
      throw StructureError(.broken, "values nest deeper than \(Limits.learnerDepth)", at: at)
    }
    let tag = try reader.u8()
    switch tag {
    case 0x00...0x7F, 0xE0...0xFF, 0xC0, 0xC2, 0xC3: return .none
    case 0x80...0x8F: try map(&reader, UInt64(tag & 0x0F), depth)
    case 0x90...0x9F: try array(&reader, UInt64(tag & 0x0F), depth)
    case 0xA0...0xBF: return try text(&reader, UInt64(tag & 0x1F))
    case 0xC4, 0xD9: return try text(&reader, UInt64(try reader.u8()))
    case 0xC5, 0xDA: return try text(&reader, UInt64(try reader.u16()))
    case 0xC6, 0xDB: return try text(&reader, UInt64(try reader.u32()))
    case 0xC7: try extended(&reader, UInt64(try reader.u8()), depth)
    case 0xC8: try extended(&reader, UInt64(try reader.u16()), depth)
    case 0xC9: try extended(&reader, UInt64(try reader.u32()), depth)
    case 0xCC, 0xD0: try reader.skip(1)
    case 0xCD, 0xD1: try reader.skip(2)
    case 0xCA, 0xCE, 0xD2: try reader.skip(4)
    case 0xCB, 0xCF, 0xD3: try reader.skip(8)
    case 0xD4...0xD8: try extended(&reader, 1 << UInt64(tag - 0xD4), depth)
    case 0xDC: try array(&reader, UInt64(try reader.u16()), depth)
    case 0xDD: try array(&reader, UInt64(try reader.u32()), depth)
    case 0xDE: try map(&reader, UInt64(try reader.u16()), depth)
    case 0xDF: try map(&reader, UInt64(try reader.u32()), depth)
    default: throw StructureError(.broken, "the byte 0xC1 begins no value", at: at)
    }
    return .none
  }

  private mutating func map(
    _ reader: inout StructureReader, _ stated: UInt64, _ depth: Int
  ) throws(StructureError) {
    let at = reader.offset
    let count = try reader.count(stated, of: 2, "pairs")
    var isArray = false
    var isObjects = false
    var seen: Set<String> = []
    for _ in 0..<count {
      let keyAt = reader.offset
      let key = try value(&reader, depth: depth + 1)
      let inner = try value(&reader, depth: depth + 1)
      guard case .text(let name) = key else { continue }
      guard seen.insert(name).inserted else {
        throw StructureError(.broken, "the key \(name) stands twice", at: keyAt)
      }
      if name == "nd" || name == "type" { isArray = true }
      if name == "kind", case .text(let kind) = inner, kind == "O" { isObjects = true }
      if name == "type", case .text(let kind) = inner, kind.contains("O"), kind.utf8.count < 8 {
        isObjects = true
      }
    }
    if isArray, isObjects { objectArrays.append(at) }
  }

  private mutating func array(
    _ reader: inout StructureReader, _ stated: UInt64, _ depth: Int
  ) throws(StructureError) {
    for _ in 0..<(try reader.count(stated, of: 1, "elements")) { _ = try value(&reader, depth: depth + 1) }
  }

  private mutating func text(_ reader: inout StructureReader, _ stated: UInt64) throws(StructureError) -> Word
  {
    let start = reader.offset
    let count = try reader.count(stated, of: 1, "bytes")
    if count >= 8, Self.beginsLikeFile(bytes.slice(start..<start + count)) {
      if payloads.count < 4096 { payloads.append(start..<start + count) } else { hasMore = true }
    }
    if count <= 256 { return .text(try reader.text(count)) }
    try reader.skip(count)
    return .none
  }

  /// A pickle, an archive, a compressed file, a program or an array of numpy.
  private static func beginsLikeFile(_ value: Bytes) -> Bool {
    let magics: [[UInt8]] = [
      [0x50, 0x4B, 3, 4], [0x1F, 0x8B], [0x42, 0x5A, 0x68], [0xFD, 0x37, 0x7A, 0x58],
      [0x28, 0xB5, 0x2F, 0xFD],
      [0x04, 0x22, 0x4D, 0x18], [0x37, 0x7A, 0xBC, 0xAF], [0x7F, 0x45, 0x4C, 0x46], [0x4D, 0x5A],
      [0x93, 0x4E, 0x55, 0x4D], [0x89, 0x48, 0x44, 0x46], [0x78, 0x01], [0x78, 0x5E], [0x78, 0x9C],
      [0x78, 0xDA],
    ]
    return magics.contains { value.starts(with: $0) } || PickleProbe.looksLikePickle(value)
  }

  /// Type 1 is an array, 2 a complex number, 3 a scalar of numpy, as `flax.serialization` writes them.
  private mutating func extended(
    _ reader: inout StructureReader, _ stated: UInt64, _ depth: Int
  ) throws(StructureError) {
    let type = Int8(bitPattern: try reader.u8())
    let at = reader.offset
    let count = try reader.count(stated, of: 1, "bytes of an extension")
    let end = at + count
    switch type {
    case 1, 3:
      try flaxArray(&reader, end: end, at: at)
    case 2:
      guard try reader.u8() == 0x92 else {
        throw StructureError(.broken, "a complex number of other parts", at: at)
      }
      for _ in 0..<2 { _ = try value(&reader, depth: depth + 1) }
    case -1:
      guard [4, 8, 12].contains(count) else {
        throw StructureError(.broken, "a time of \(count) bytes", at: at)
      }
      try reader.skip(count)
    default:
      if !extensions.contains(where: { $0.type == type }) {
        extensions.append(Extension(type: type, offset: at, bytes: at..<end))
      }
      try reader.skip(count)
    }
    guard reader.offset == end else {
      throw StructureError(.broken, "an extension of \(count) bytes holds \(reader.offset - at)", at: at)
    }
  }

  /// A shape, the name of an element type, and the bytes.
  private mutating func flaxArray(
    _ reader: inout StructureReader, end: Int, at: Int
  ) throws(StructureError) {
    guard try reader.u8() == 0x93 else {
      throw StructureError(.broken, "an array of other than three parts", at: at)
    }
    let dimensions = try reader.u8()
    guard (0x90...0x9F).contains(dimensions) else {
      throw StructureError(.broken, "an array without a shape", at: at)
    }
    var elements = 1
    for _ in 0..<(dimensions & 0x0F) {
      let (product, overflow) = elements.multipliedReportingOverflow(by: try size(&reader))
      guard !overflow else { throw StructureError(.exploit, "the shape of an array overflows", at: at) }
      elements = product
    }
    let nameAt = reader.offset
    guard case .text(let type) = try value(&reader, depth: 1), let width = Self.width(type) else {
      throw StructureError(.uncovered, "an array of an element type that is not known", at: nameAt)
    }
    let tag = try reader.u8()
    let length: UInt64
    switch tag {
    case 0xC4, 0xD9: length = UInt64(try reader.u8())
    case 0xC5, 0xDA: length = UInt64(try reader.u16())
    case 0xC6, 0xDB: length = UInt64(try reader.u32())
    case 0xA0...0xBF: length = UInt64(tag & 0x1F)
    default: throw StructureError(.broken, "an array without its bytes", at: at)
    }
    let (needed, overflow) = elements.multipliedReportingOverflow(by: width)
    guard !overflow, UInt64(needed) == length else {
      throw StructureError(.broken, "an array of \(elements) elements of \(type) in \(length) bytes", at: at)
    }
    try reader.skip(try reader.count(length, of: 1, "bytes of an array"))
  }

  private func size(_ reader: inout StructureReader) throws(StructureError) -> Int {
    let at = reader.offset
    switch try reader.u8() {
    case let small where small <= 0x7F: return Int(small)
    case 0xCC: return Int(try reader.u8())
    case 0xCD: return Int(try reader.u16())
    case 0xCE: return Int(try reader.u32())
    case 0xCF:
      let value = try reader.u64()
      guard value < 1 << 48 else { throw StructureError(.exploit, "a size of \(value)", at: at) }
      return Int(value)
    default: throw StructureError(.exploit, "a shape that is not made of sizes", at: at)
    }
  }

  private static func width(_ type: String) -> Int? {
    switch type {
    case "bool", "bool_", "int8", "uint8", "V1", "|b1", "|i1", "|u1", "int4", "uint4", "int2", "uint2": 1
    case _ where type.hasPrefix("float8_") || type.hasPrefix("float6_") || type.hasPrefix("float4_"): 1
    case "int16", "uint16", "float16", "bfloat16", "V2", "<f2", "<i2", "<u2": 2
    case "int32", "uint32", "float32", "<f4", "<i4", "<u4": 4
    case "int64", "uint64", "float64", "complex64", "<f8", "<i8", "<u8", "<c8": 8
    case "complex128", "float128", "longdouble", "<c16": 16
    default: nil
    }
  }
}
