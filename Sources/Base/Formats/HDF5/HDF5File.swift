// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// An HDF5 file: groups, datasets and attributes, found by walking its structure and nothing else.
///
/// All offsets count from the superblock, as those in the file do. Every address is checked, every walk has an end:
/// the steps through one file are bounded by ``Limits/hdf5Work``.
/// Source: HDF5 File Format Specification, versions 1.1 to 4.0.
package struct HDF5File: Sendable {
  /// What stands in front of the superblock.
  package let userBlock: Range<Int>
  /// What follows the end that the superblock names.
  package let trailing: Range<Int>
  /// The header of the root group.
  package let root: Int
  /// The file driver, such as `NCSAfami`, that keeps the rest in other files.
  package private(set) var driver: String?
  /// From the superblock to the end of the file.
  let data: Bytes
  /// Bytes of the file behind its user block.
  package var count: Int { data.count }
  let sizes: HDF5Sizes
  /// Steps that are left.
  var work = Limits.hdf5Work
  /// Elements of variable length that may still be followed.
  var elements = Limits.hdf5Elements
  /// The objects of the global heap that was read last.
  var heap: (address: Int, objects: [Int: Range<Int>])?

  private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Whether a superblock stands where the library looks for one: at 0, 512, 1024, and so on.
  package static func looksLikeOne(_ bytes: Bytes) -> Bool { superblock(bytes) != nil }

  private static func superblock(_ bytes: Bytes) -> Int? {
    var at = 0
    while at <= bytes.count - signature.count {
      if bytes.slice(at..<at + signature.count).starts(with: signature) { return at }
      at = at == 0 ? 512 : at * 2
    }
    return nil
  }

  /// Reads the superblock.
  package init(_ bytes: Bytes) throws(HDF5Error) {
    guard let start = Self.superblock(bytes) else {
      throw .malformed(what: "the signature", offset: 0)
    }
    userBlock = 0..<start
    let whole = bytes.slice(start..<bytes.count)
    let head = try Superblock(whole)
    sizes = head.sizes
    root = head.root
    // The library moves the end by as much as the superblock moved.
    let (end, overflow) = head.end.subtractingReportingOverflow(head.base)
    guard !overflow, end >= head.size else { throw .malformed(what: "the end of the file", offset: 0) }
    guard end <= whole.count else { throw .truncated(what: "\(end) bytes", offset: whole.count) }
    data = whole.slice(0..<end)
    trailing = start + end..<bytes.count
    driver = head.driver
    if let block = head.driverBlock {
      let data = self.data
      let span = data.span
      var cursor = try HDF5Cursor(span, at: block, sizes, "the driver block")
      try cursor.skip(8)
      driver = try cursor.text(8)
    }
    if let ext = head.extensionHeader {
      for message in try messages(at: ext) where message.type == 0x14 {
        let data = self.data
        let span = data.span
        var cursor = try HDF5Cursor(
          span, at: message.body.lowerBound, end: message.body.upperBound, sizes, "driver information")
        try cursor.skip(1)
        driver = try cursor.text(8)
      }
    }
  }

  /// Counts a step.
  mutating func step(_ steps: Int = 1, at offset: Int) throws(HDF5Error) {
    work -= steps
    guard work >= 0 else {
      throw .limit(what: "more than \(Limits.hdf5Work) steps through the file", offset: offset)
    }
  }

  package func slice(_ range: Range<Int>) throws(HDF5Error) -> Bytes {
    guard range.lowerBound >= 0, range.upperBound <= data.count else {
      throw .truncated(what: "\(range.count) bytes", offset: range.lowerBound)
    }
    return data.slice(range)
  }
}

/// The first structure of a file.
private struct Superblock {
  var sizes = HDF5Sizes(offset: 8, length: 8)
  var root = 0
  var base = 0
  var end = 0
  var size = 0
  var driver: String?
  var driverBlock: Int?
  var extensionHeader: Int?

  init(_ bytes: Bytes) throws(HDF5Error) {
    let span = bytes.span
    var cursor = try HDF5Cursor(span, at: 8, sizes, "the superblock")
    let version = try cursor.u8()
    guard version <= 3 else {
      throw .unsupported(what: "version \(version) of the superblock", offset: 8)
    }
    if version < 2 {
      // Of the free space, of the root group, nothing, and of shared headers.
      for part in 0..<4 {
        guard try cursor.u8() == 0 || part == 2 else {
          throw .malformed(what: "the version of a part of the superblock", offset: 9 + part)
        }
      }
    }
    let offset = try cursor.u8()
    let length = try cursor.u8()
    guard [2, 4, 8].contains(offset), [2, 4, 8].contains(length) else {
      throw .malformed(what: "the width of addresses", offset: 13)
    }
    sizes = HDF5Sizes(offset: offset, length: length)
    cursor = try HDF5Cursor(span, at: cursor.offset, sizes, "the superblock")
    if version >= 2 {
      try cursor.skip(1)
      base = try cursor.definedAddress()
      extensionHeader = try cursor.address()
      end = try cursor.definedAddress()
      root = try cursor.definedAddress()
      try cursor.skip(4)
    } else {
      try cursor.skip(1 + 4 + 4 + (version == 1 ? 4 : 0))
      base = try cursor.definedAddress()
      _ = try cursor.address()
      end = try cursor.definedAddress()
      driverBlock = try cursor.address()
      try cursor.skip(offset)
      root = try cursor.definedAddress()
      try cursor.skip(24)
    }
    size = cursor.offset
  }
}
