// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The type of the elements of a dataset or attribute.
package indirect enum HDF5Datatype: Sendable {
  case integer(size: Int)
  case float(size: Int)
  case time(size: Int)
  case string(size: Int)
  case bitfield(size: Int)
  case opaque(size: Int, tag: String)
  case compound(size: Int, members: [HDF5Datatype])
  case reference(size: Int)
  case enumeration(size: Int)
  case variable(size: Int, base: HDF5Datatype, isString: Bool)
  case array(size: Int, base: HDF5Datatype)

  /// Bytes of one element in the file.
  package var size: Int {
    switch self {
    case .integer(let size), .float(let size), .time(let size), .string(let size), .bitfield(let size),
      .opaque(let size, _), .compound(let size, _), .reference(let size), .enumeration(let size),
      .variable(let size, _, _), .array(let size, _):
      size
    }
  }

  /// Whose elements are only something together.
  var isWhole: Bool {
    switch self {
    case .integer, .bitfield, .array: true
    default: false
    }
  }

  /// Elements that can hold text or another file, and not only numbers.
  package var holdsBytes: Bool {
    switch self {
    case .string, .opaque: true
    case .integer(let size), .bitfield(let size): size == 1
    case .variable(_, let base, let isString): isString || base.holdsBytes
    case .array(_, let base): base.holdsBytes
    default: false
    }
  }
}

extension HDF5File {
  /// Reads a datatype message.
  mutating func datatype(in range: Range<Int>) throws(HDF5Error) -> HDF5Datatype {
    var at = range.lowerBound
    return try datatype(&at, end: range.upperBound, depth: 0)
  }

  private mutating func datatype(_ at: inout Int, end: Int, depth: Int) throws(HDF5Error) -> HDF5Datatype {
    let start = at
    try step(at: start)
    guard depth < Limits.hdf5TypeDepth else {
      throw .limit(what: "datatypes nest deeper than \(Limits.hdf5TypeDepth)", offset: start)
    }
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(span, at: start, end: end, sizes, "a datatype")
    let head = try cursor.u8()
    let version = head >> 4
    let bits = try cursor.count(3)
    let size = try cursor.u32()
    guard (1...5).contains(version) else { throw .malformed(what: "a datatype", offset: start) }
    defer { at = max(at, start) }
    switch head & 15 {
    case 0:
      try number(&cursor, size, isFloat: false, start)
      at = cursor.offset
      return .integer(size: size)
    case 1:
      try number(&cursor, size, isFloat: true, start)
      at = cursor.offset
      return .float(size: size)
    case 2:
      try cursor.skip(2)
      at = cursor.offset
      return .time(size: size)
    case 3:
      at = cursor.offset
      return .string(size: size)
    case 4:
      try number(&cursor, size, isFloat: false, start)
      at = cursor.offset
      return .bitfield(size: size)
    case 5:
      let tag = try cursor.text(bits & 0xFF)
      at = cursor.offset
      return .opaque(size: size, tag: tag)
    case 6:
      at = cursor.offset
      let members = try compound(&at, end: end, version, count: bits & 0xFFFF, size: size, depth)
      return .compound(size: size, members: members)
    case 7:
      at = cursor.offset
      return .reference(size: size)
    case 8:
      at = cursor.offset
      try enumeration(&at, end: end, version, count: bits & 0xFFFF, depth)
      return .enumeration(size: size)
    case 9:
      at = cursor.offset
      let base = try datatype(&at, end: end, depth: depth + 1)
      guard size >= sizes.offset + 8 else {
        throw .malformed(what: "the size of a variable-length type", offset: start)
      }
      return .variable(size: size, base: base, isString: bits & 15 == 1)
    case 10:
      return try array(&cursor, &at, end: end, version, size: size, depth)
    case 11 where version >= 4:
      at = cursor.offset
      _ = try datatype(&at, end: end, depth: depth + 1)
      return .float(size: size)
    default:
      throw .malformed(what: "the class of a datatype", offset: start)
    }
  }

  /// Offset, precision and, of floats, the places of exponent and mantissa.
  private func number(_ cursor: inout HDF5Cursor, _ size: Int, isFloat: Bool, _ start: Int) throws(HDF5Error)
  {
    let offset = try cursor.u16()
    let precision = try cursor.u16()
    if isFloat { try cursor.skip(8) }
    guard size > 0, offset + precision <= 8 * size, precision > 0 else {
      throw .corrupting(
        what: "a number whose precision does not fit its size (CVE-2016-4331)", offset: start)
    }
  }

  private mutating func compound(
    _ at: inout Int, end: Int, _ version: Int, count: Int, size: Int, _ depth: Int
  ) throws(HDF5Error) -> [HDF5Datatype] {
    guard count <= Limits.hdf5TypeMembers else {
      throw .limit(what: "a compound type has \(count) members", offset: at)
    }
    var members: [HDF5Datatype] = []
    let data = self.data
    let span = data.span
    for _ in 0..<count {
      let start = at
      var cursor = try HDF5Cursor(span, at: at, end: end, sizes, "a member of a compound type")
      _ = try cursor.terminatedText()
      if version < 3 { try cursor.align(8, from: start) }
      let width = version < 3 ? 4 : Self.bytesFor(size)
      let offset = try cursor.count(width)
      if version == 1 {
        let rank = try cursor.u8()
        guard rank <= 4 else {
          throw .corrupting(
            what: "a member with \(rank) dimensions where 4 fit (CVE-2016-4333)", offset: start)
        }
        try cursor.skip(3 + 4 + 4 + 16)
        at = cursor.offset
        let member = try datatype(&at, end: end, depth: depth + 1)
        members.append(member)
        guard offset <= size, member.size <= size - offset else {
          throw .malformed(what: "a member outside of its compound type", offset: start)
        }
        continue
      }
      at = cursor.offset
      let member = try datatype(&at, end: end, depth: depth + 1)
      guard offset <= size, member.size <= size - offset else {
        throw .malformed(what: "a member outside of its compound type", offset: start)
      }
      members.append(member)
    }
    return members
  }

  private mutating func enumeration(
    _ at: inout Int, end: Int, _ version: Int, count: Int, _ depth: Int
  ) throws(HDF5Error) {
    let base = try datatype(&at, end: end, depth: depth + 1)
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(span, at: at, end: end, sizes, "an enumeration")
    for _ in 0..<count {
      try step(at: cursor.offset)
      let start = cursor.offset
      _ = try cursor.terminatedText()
      if version < 3 { try cursor.align(8, from: start) }
    }
    let (total, overflow) = count.multipliedReportingOverflow(by: base.size)
    guard !overflow else { throw .malformed(what: "an enumeration", offset: at) }
    try cursor.skip(total)
    at = cursor.offset
  }

  private mutating func array(
    _ cursor: inout HDF5Cursor, _ at: inout Int, end: Int, _ version: Int, size: Int, _ depth: Int
  ) throws(HDF5Error) -> HDF5Datatype {
    let start = at
    let rank = try cursor.u8()
    guard rank <= 32 else {
      throw .corrupting(
        what: "an array type of \(rank) dimensions where 32 fit (CVE-2016-4330)", offset: start)
    }
    if version < 3 { try cursor.skip(3) }
    var count = 1
    for _ in 0..<rank {
      let (product, overflow) = count.multipliedReportingOverflow(by: try cursor.u32())
      guard !overflow else { throw .malformed(what: "the dimensions of an array type", offset: start) }
      count = product
    }
    if version < 3 { try cursor.skip(4 * rank) }
    at = cursor.offset
    let base = try datatype(&at, end: end, depth: depth + 1)
    let (bytes, overflow) = count.multipliedReportingOverflow(by: base.size)
    guard !overflow, bytes == size else {
      throw .malformed(what: "the size of an array type", offset: start)
    }
    return .array(size: size, base: base)
  }

  /// Bytes that hold any number up to this one.
  static func bytesFor(_ limit: Int) -> Int {
    limit <= 0 ? 1 : (Int.bitWidth - limit.leadingZeroBitCount - 1) / 8 + 1
  }
}
