// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// What the parts of a store of TensorStore's OCDBT (optionally cooperative distributed B-tree) have in common: a frame with
/// a checksum, numbers of seven bits a byte, and tables of files. Source: the storage format in TensorStore's documentation.
struct OCDBTReader: ~Escapable {
  private var reader: StructureReader

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) { reader = StructureReader(bytes) }

  static let manifest: [UInt8] = [0x0C, 0xDB, 0x3A, 0x2A]
  static let node: [UInt8] = [0x0C, 0xDB, 0x20, 0xDE]

  /// What the frame holds, unpacked.
  /// - Throws: when the length, the checksum or the packing is wrong, or it becomes more than ``Limits/ocdbtNode``.
  static func contents(of frame: Bytes, magic: [UInt8]) throws(StructureError) -> Bytes {
    guard frame.count >= 18, frame.starts(with: magic) else {
      throw StructureError(.broken, "expected a part of an OCDBT store, found other bytes", at: 0)
    }
    var reader = OCDBTReader(frame.span)
    try reader.skip(4)
    guard try reader.reader.u64() == UInt64(frame.count) else {
      throw StructureError(.broken, "a part of an OCDBT store of another length", at: 4)
    }
    guard try reader.number() == 0 else {
      throw StructureError(.uncovered, "an OCDBT store of another version", at: 12)
    }
    let packing = try reader.number()
    guard reader.offset <= frame.count - 4 else {
      throw StructureError(.broken, "a part of an OCDBT store that ends before it begins", at: reader.offset)
    }
    let body = frame.slice(reader.offset..<frame.count - 4)
    var crc = CRC32C()
    crc.update(frame.slice(0..<frame.count - 4).span)
    var end = StructureReader(frame.span, at: frame.count - 4)
    guard try end.u32() == crc.value else {
      throw StructureError(.broken, "a part of an OCDBT store whose checksum is wrong", at: frame.count - 4)
    }
    switch packing {
    case 0: return body
    case 1:
      let spool = BytesSpool()
      let outcome = Decompressor.run(.zstd, body, into: spool, limit: Limits.ocdbtNode)
      guard outcome.failure == nil, outcome.consumed == body.count else {
        throw StructureError(.broken, "a part of an OCDBT store that cannot be unpacked", at: reader.offset)
      }
      do throws(BytesError) { return try spool.finish() } catch {
        throw StructureError(.broken, "there is no room for a part of the store: \(error)", at: 0)
      }
    default: throw StructureError(.uncovered, "the packing \(packing) of an OCDBT store", at: reader.offset)
    }
  }

  var offset: Int { reader.offset }
  var remaining: Int { reader.remaining }

  mutating func skip(_ count: Int) throws(StructureError) { try reader.skip(count) }
  mutating func byte() throws(StructureError) -> UInt8 { try reader.u8() }
  mutating func bytes(_ count: Int) throws(StructureError) -> [UInt8] { try reader.bytes(count) }
  func end() throws(StructureError) { try reader.end("the last entry") }

  /// Seven bits a byte, the lowest first.
  mutating func number() throws(StructureError) -> Int {
    let at = offset
    var value: UInt64 = 0
    for shift in 0..<9 {
      let byte = try reader.u8()
      value |= UInt64(byte & 0x7F) << UInt64(7 * shift)
      if byte < 0x80 { return Int(value) }
    }
    throw StructureError(.exploit, "a number of more than 63 bits", at: at)
  }

  /// A number of things that take a byte at least.
  mutating func count(_ what: String) throws(StructureError) -> Int {
    try reader.count(UInt64(try number()), of: 1, what)
  }

  mutating func numbers(_ count: Int) throws(StructureError) -> [Int] {
    var all: [Int] = []
    for _ in 0..<count { all.append(try number()) }
    return all
  }

  /// Texts that share their beginnings with the one in front.
  mutating func texts(prefixes: [Int], suffixes: [Int]) throws(StructureError) -> [[UInt8]] {
    var all: [[UInt8]] = []
    var total = 0
    for (prefix, suffix) in zip([0] + prefixes, suffixes) {
      let last = all.last ?? []
      guard prefix <= last.count else {
        throw StructureError(
          .exploit, "a name that begins with \(prefix) letters of \(last.count)", at: offset)
      }
      total += prefix
      guard total <= Limits.ocdbtNode else {
        throw StructureError(.broken, "names that share more letters than are read", at: offset)
      }
      all.append(
        last[..<prefix] + (try reader.bytes(try reader.count(UInt64(suffix), of: 1, "letters of a name"))))
    }
    return all
  }

  /// The files that a part of the store names, below its folder.
  mutating func files() throws(StructureError) -> [String] {
    let count = try count("files")
    guard count > 0 else { return [] }
    let prefixes = try numbers(count - 1)
    let suffixes = try numbers(count)
    _ = try numbers(count)  // how much of each is the folder
    return try texts(prefixes: prefixes, suffixes: suffixes).map { String(decoding: $0, as: UTF8.self) }
  }
}
