// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// One message of an object header.
struct HDF5Message: Sendable {
  let type: Int
  let flags: Int
  let body: Range<Int>

  /// The body tells where the message is.
  var isShared: Bool { flags & 2 != 0 }
  /// The library must not open an object with a message of this kind that it does not know.
  var mustBeKnown: Bool { flags & 0x88 != 0 }

  static let dataspace = 1
  static let linkInfo = 2
  static let datatype = 3
  static let link = 6
  static let externalFiles = 7
  static let layout = 8
  static let filters = 0x0B
  static let attribute = 0x0C
  static let continuation = 0x10
  static let symbolTable = 0x11
  static let attributeInfo = 0x15
  /// Those that the library may share: dataspace, datatype, both fill values, filters, attributes.
  static let shareable: Set<Int> = [1, 3, 4, 5, 0x0B, 0x0C]
}

extension HDF5File {
  /// Every message of the object header at an address, in all its chunks.
  mutating func messages(at address: Int) throws(HDF5Error) -> [HDF5Message] {
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(span, at: address, sizes, "an object header")
    let isSecond = cursor.remaining >= 4 && span[address] == UInt8(ascii: "O")
    var messages: [HDF5Message] = []
    var chunks: [Range<Int>] = []
    var hasOrder = false
    if isSecond {
      try cursor.expect("OHDR")
      guard try cursor.u8() == 2 else {
        throw .unsupported(what: "a version of an object header", offset: address)
      }
      let flags = try cursor.u8()
      hasOrder = flags & 4 != 0
      try cursor.skip((flags & 0x20 != 0 ? 16 : 0) + (flags & 0x10 != 0 ? 4 : 0))
      let size = try cursor.count(1 << (flags & 3))
      chunks.append(try cursor.take(size))
    } else {
      guard try cursor.u8() == 1 else {
        throw .malformed(what: "the version of an object header", offset: address)
      }
      try cursor.skip(1)
      _ = try cursor.u16()
      _ = try cursor.u32()
      let size = try cursor.u32()
      try cursor.align(8, from: address)
      chunks.append(try cursor.take(size))
    }
    var seen: Set<Int> = []
    while let chunk = chunks.popLast() {
      guard seen.insert(chunk.lowerBound).inserted else {
        throw .malformed(what: "a header that continues in itself", offset: chunk.lowerBound)
      }
      let found = isSecond ? try second(chunk, hasOrder) : try first(chunk)
      for message in found {
        guard message.type == HDF5Message.continuation else {
          messages.append(message)
          continue
        }
        chunks.append(try continuation(message, isSecond))
      }
    }
    return messages
  }

  private func continuation(_ message: HDF5Message, _ isSecond: Bool) throws(HDF5Error) -> Range<Int> {
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(
      span, at: message.body.lowerBound, end: message.body.upperBound, sizes, "a continuation")
    let target = try cursor.definedAddress()
    let length = try cursor.length()
    var body = try HDF5Cursor(span, at: target, sizes, "the continuation of an object header")
    if isSecond {
      try body.expect("OCHK")
      guard length >= 8 else { throw .malformed(what: "a continuation", offset: target) }
      return try body.take(length - 8)
    }
    return try body.take(length)
  }

  private mutating func first(_ chunk: Range<Int>) throws(HDF5Error) -> [HDF5Message] {
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(
      span, at: chunk.lowerBound, end: chunk.upperBound, sizes, "a header message")
    var messages: [HDF5Message] = []
    while cursor.remaining >= 8 {
      try step(at: cursor.offset)
      let type = try cursor.u16()
      let size = try cursor.u16()
      let flags = try cursor.u8()
      try cursor.skip(3)
      messages.append(HDF5Message(type: type, flags: flags, body: try cursor.take(size)))
    }
    return messages
  }

  private mutating func second(_ chunk: Range<Int>, _ hasOrder: Bool) throws(HDF5Error) -> [HDF5Message] {
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(
      span, at: chunk.lowerBound, end: chunk.upperBound, sizes, "a header message")
    var messages: [HDF5Message] = []
    // What is too short for a message is a gap.
    while cursor.remaining >= (hasOrder ? 6 : 4) {
      try step(at: cursor.offset)
      let type = try cursor.u8()
      let size = try cursor.u16()
      let flags = try cursor.u8()
      if hasOrder { try cursor.skip(2) }
      messages.append(HDF5Message(type: type, flags: flags, body: try cursor.take(size)))
    }
    return messages
  }

  /// The body of a message, which may stand in the header of another object.
  mutating func body(of message: HDF5Message) throws(HDF5Error) -> Range<Int> {
    guard message.isShared else { return message.body }
    guard HDF5Message.shareable.contains(message.type) else {
      throw .corrupting(
        what: "a message of type \(message.type) that claims to be shared (CVE-2016-4332)",
        offset: message.body.lowerBound)
    }
    return try shared(message.body, type: message.type)
  }

  /// Follows the address of a shared message.
  mutating func shared(_ range: Range<Int>, type: Int) throws(HDF5Error) -> Range<Int> {
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(
      span, at: range.lowerBound, end: range.upperBound, sizes, "a shared message")
    let version = try cursor.u8()
    let kind = try cursor.u8()
    if version == 1 { try cursor.skip(6) }
    guard version >= 1, version <= 3 else {
      throw .malformed(what: "a shared message", offset: range.lowerBound)
    }
    if version == 3, kind == 1 {
      throw .unsupported(what: "a message in the heap of shared messages", offset: range.lowerBound)
    }
    if version == 1 { try cursor.skip(0) }
    let address = try cursor.definedAddress()
    for message in try messages(at: address) where message.type == type {
      guard !message.isShared else {
        throw .malformed(what: "a shared message that is shared again", offset: range.lowerBound)
      }
      return message.body
    }
    throw .malformed(what: "a shared message that is not there", offset: range.lowerBound)
  }
}
