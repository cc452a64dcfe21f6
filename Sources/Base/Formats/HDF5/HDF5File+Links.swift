// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension HDF5File {
  /// The names in a group, wherever the version of the file keeps them.
  package mutating func links(
    of object: HDF5Object
  ) throws(HDF5Error) -> [(name: String, link: HDF5Link)] {
    var links: [(name: String, link: HDF5Link)] = []
    for message in object.messages {
      switch message.type {
      case HDF5Message.symbolTable: links += try symbols(message.body)
      case HDF5Message.link: links.append(try link(message.body))
      case HDF5Message.linkInfo: links += try denseLinks(message.body)
      default: break
      }
    }
    return links
  }

  private mutating func symbols(_ range: Range<Int>) throws(HDF5Error) -> [(name: String, link: HDF5Link)] {
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(
      span, at: range.lowerBound, end: range.upperBound, sizes, "a symbol table")
    let tree = try cursor.definedAddress()
    let heap = try cursor.definedAddress()
    var links: [(name: String, link: HDF5Link)] = []
    for leaf in try leaves(ofTree: tree, kind: 0, keySize: sizes.length) {
      var node = try HDF5Cursor(span, at: leaf.child, sizes, "a node of symbols")
      try node.expect("SNOD")
      try node.skip(2)
      let count = try node.u16()
      for _ in 0..<count {
        try step(at: node.offset)
        let name = try localText(heap: heap, at: try node.count(sizes.offset))
        let address = try node.address()
        let cache = try node.u32()
        try node.skip(4)
        if cache == 2 {
          let value = try node.u32()
          try node.skip(12)
          links.append((name, .soft(try localText(heap: heap, at: value))))
        } else {
          try node.skip(16)
          guard let address else { throw .malformed(what: "a link to nothing", offset: node.offset) }
          links.append((name, .hard(address)))
        }
      }
    }
    return links
  }

  private mutating func denseLinks(_ range: Range<Int>) throws(HDF5Error) -> [(name: String, link: HDF5Link)]
  {
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(
      span, at: range.lowerBound, end: range.upperBound, sizes, "where links are")
    try cursor.skip(1)
    if try cursor.u8() & 1 != 0 { try cursor.skip(8) }
    guard let address = try cursor.address(), let tree = try cursor.address() else { return [] }
    let heap = try fractalHeap(address)
    var links: [(name: String, link: HDF5Link)] = []
    for record in try records(ofTree: tree) {
      guard record.count >= 4 + heap.idLength else {
        throw .malformed(what: "the record of a link", offset: record.lowerBound)
      }
      let id = record.lowerBound + 4..<record.lowerBound + 4 + heap.idLength
      links.append(try link(try object(id, in: heap)))
    }
    return links
  }

  private mutating func link(_ range: Range<Int>) throws(HDF5Error) -> (name: String, link: HDF5Link) {
    try step(at: range.lowerBound)
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(span, at: range.lowerBound, end: range.upperBound, sizes, "a link")
    guard try cursor.u8() == 1 else { throw .malformed(what: "a link", offset: range.lowerBound) }
    let flags = try cursor.u8()
    let type = flags & 8 != 0 ? try cursor.u8() : 0
    try cursor.skip((flags & 4 != 0 ? 8 : 0) + (flags & 0x10 != 0 ? 1 : 0))
    let length = try cursor.count(1 << (flags & 3))
    guard length <= Limits.hdf5Name else {
      throw .limit(what: "a name of \(length) bytes", offset: range.lowerBound)
    }
    let name = try cursor.text(length)
    switch type {
    case 0: return (name, .hard(try cursor.definedAddress()))
    case 1: return (name, .soft(try cursor.text(try cursor.u16())))
    case 64:
      let length = try cursor.u16()
      let start = cursor.offset
      var body = try HDF5Cursor(
        span, at: start, end: min(range.upperBound, start + length), sizes, "an external link")
      try body.skip(1)
      let file = try body.terminatedText()
      return (name, .external(file: file, path: try body.terminatedText()))
    default: return (name, .userDefined(type))
    }
  }

  /// Where the attributes of an object are, whichever way the version of the file keeps them.
  package mutating func attributes(of object: HDF5Object) throws(HDF5Error) -> [Range<Int>] {
    var attributes: [Range<Int>] = []
    for message in object.messages {
      switch message.type {
      case HDF5Message.attribute: attributes.append(try body(of: message))
      case HDF5Message.attributeInfo: attributes += try denseAttributes(message.body)
      default: break
      }
    }
    return attributes
  }

  private mutating func denseAttributes(_ range: Range<Int>) throws(HDF5Error) -> [Range<Int>] {
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(
      span, at: range.lowerBound, end: range.upperBound, sizes, "where attributes are")
    try cursor.skip(1)
    if try cursor.u8() & 1 != 0 { try cursor.skip(2) }
    guard let address = try cursor.address(), let tree = try cursor.address() else { return [] }
    let heap = try fractalHeap(address)
    var attributes: [Range<Int>] = []
    for record in try records(ofTree: tree) {
      guard record.count >= heap.idLength + 1 else {
        throw .malformed(what: "the record of an attribute", offset: record.lowerBound)
      }
      if data[record.lowerBound + heap.idLength] & 2 != 0 {
        throw .unsupported(what: "an attribute in the heap of shared messages", offset: record.lowerBound)
      }
      let id = record.lowerBound..<record.lowerBound + heap.idLength
      attributes.append(try self.object(id, in: heap))
    }
    return attributes
  }

  /// Reads one of ``attributes(of:)``.
  package mutating func attribute(_ range: Range<Int>) throws(HDF5Error) -> HDF5Attribute {
    try step(at: range.lowerBound)
    let start = range.lowerBound
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(span, at: start, end: range.upperBound, sizes, "an attribute")
    let version = try cursor.u8()
    guard (1...3).contains(version) else { throw .malformed(what: "an attribute", offset: start) }
    let flags = try cursor.u8()
    let nameSize = try cursor.u16()
    let typeSize = try cursor.u16()
    let spaceSize = try cursor.u16()
    if version == 3 { try cursor.skip(1) }
    let pad = version == 1 ? 8 : 1
    let name = try cursor.text((nameSize + pad - 1) / pad * pad)
    let typeRange = try cursor.take(typeSize)
    try cursor.skip((typeSize + pad - 1) / pad * pad - typeSize)
    let spaceRange = try cursor.take(spaceSize)
    try cursor.skip((spaceSize + pad - 1) / pad * pad - spaceSize)
    let isShared = version > 1 && flags & 1 != 0
    let type = try datatype(in: isShared ? try shared(typeRange, type: HDF5Message.datatype) : typeRange)
    let isSharedSpace = version > 1 && flags & 2 != 0
    let space = try dataspace(
      in: isSharedSpace ? try shared(spaceRange, type: HDF5Message.dataspace) : spaceRange)
    let (size, overflow) = space.count.multipliedReportingOverflow(by: type.size)
    guard !overflow, size <= cursor.remaining else {
      throw .malformed(what: "the size of attribute \(name)", offset: start)
    }
    return HDF5Attribute(name: name, type: type, space: space, contents: try cursor.take(size))
  }
}
