// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension HDF5File {
  /// Type, size and place of a dataset.
  package mutating func dataset(_ object: HDF5Object) throws(HDF5Error) -> HDF5Dataset {
    var type: HDF5Datatype?
    var space: HDF5Dataspace?
    var layout: HDF5Message?
    var filters: [HDF5Filter] = []
    var external: [String] = []
    for message in object.messages {
      switch message.type {
      case HDF5Message.datatype: type = try datatype(in: try body(of: message))
      case HDF5Message.dataspace: space = try dataspace(in: try body(of: message))
      case HDF5Message.layout:
        guard layout == nil else {
          throw .malformed(what: "a second layout", offset: message.body.lowerBound)
        }
        layout = message
      case HDF5Message.filters: filters += try self.filters(in: try body(of: message))
      case HDF5Message.externalFiles: external += try externalFiles(message.body)
      default: break
      }
    }
    guard let type, let space, let layout else {
      throw .malformed(what: "a dataset without type, size or layout", offset: object.address)
    }
    let (size, overflow) = space.count.multipliedReportingOverflow(by: type.size)
    guard !overflow else { throw .malformed(what: "the size of a dataset", offset: object.address) }
    let place = try self.layout(
      layout.body, rank: space.dimensions.count, element: type.size, isExternal: !external.isEmpty)
    switch place {
    case .compact(let range) where range.count < size:
      throw .corrupting(
        what: "a compact dataset of \(size) bytes of which \(range.count) are there", offset: object.address)
    case .contiguous(let range?) where range.count < size && external.isEmpty:
      throw .malformed(
        what: "a dataset of \(size) bytes of which \(range.count) are there", offset: object.address)
    default: break
    }
    return HDF5Dataset(type: type, space: space, layout: place, filters: filters, externalFiles: external)
  }

  private func layout(
    _ range: Range<Int>, rank: Int, element: Int, isExternal: Bool
  ) throws(HDF5Error) -> HDF5Layout {
    let start = range.lowerBound
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(span, at: start, end: range.upperBound, sizes, "a layout")
    let version = try cursor.u8()
    if version == 1 || version == 2 { return try oldLayout(&cursor, rank: rank, element, isExternal) }
    guard (3...5).contains(version) else { throw .malformed(what: "a layout", offset: start) }
    switch try cursor.u8() {
    case 0: return .compact(try cursor.take(try cursor.u16()))
    case 1:
      let address = try cursor.address()
      let size = try cursor.length()
      return .contiguous(try contents(address, size, isExternal))
    case 2 where version == 3:
      let dimensions = try cursor.u8()
      let address = try cursor.address()
      var sides: [Int] = []
      for _ in 0..<dimensions { sides.append(try cursor.u32()) }
      return .chunked(try index(.tree, address, sides, rank: rank, start))
    case 2: return try newChunks(&cursor, rank: rank, start)
    case 3:
      let heap = try cursor.address()
      return .virtual(heap: heap, index: try cursor.u32())
    default: throw .malformed(what: "the class of a layout", offset: start)
    }
  }

  private func contents(_ address: Int?, _ size: Int, _ isExternal: Bool) throws(HDF5Error) -> Range<Int>? {
    guard let address, !isExternal else { return nil }
    guard address <= data.count, size <= data.count - address else {
      throw .truncated(what: "\(size) bytes of a dataset", offset: address)
    }
    return address..<address + size
  }

  private func oldLayout(
    _ cursor: inout HDF5Cursor, rank dimensions: Int, _ element: Int, _ isExternal: Bool
  ) throws(HDF5Error) -> HDF5Layout {
    let start = cursor.offset
    let rank = try cursor.u8()
    let kind = try cursor.u8()
    try cursor.skip(5)
    let address = kind == 0 ? nil : try cursor.address()
    guard rank <= 33 else {
      throw .corrupting(what: "a layout of \(rank) dimensions where 33 fit", offset: start)
    }
    var sides: [Int] = []
    var count = 1
    for _ in 0..<rank {
      sides.append(try cursor.u32())
      let (product, overflow) = count.multipliedReportingOverflow(by: sides.last!)
      guard !overflow else { throw .malformed(what: "the dimensions of a layout", offset: start) }
      count = product
    }
    switch kind {
    case 0: return .compact(try cursor.take(try cursor.u32()))
    case 1:
      // The last side is the size of an element, where there is one more than the dataset has dimensions.
      let isWhole = rank == dimensions + 1 && sides.last == element
      let (size, overflow) = count.multipliedReportingOverflow(by: isWhole ? 1 : element)
      guard !overflow else { throw .malformed(what: "the size of a layout", offset: start) }
      return .contiguous(try contents(address, size, isExternal))
    case 2: return .chunked(try index(.tree, address, sides, rank: rank - 1, start))
    default: throw .malformed(what: "the class of a layout", offset: start)
    }
  }

  private func newChunks(
    _ cursor: inout HDF5Cursor, rank: Int, _ start: Int
  ) throws(HDF5Error) -> HDF5Layout {
    let flags = try cursor.u8()
    let dimensions = try cursor.u8()
    let width = try cursor.u8()
    guard (1...8).contains(width) else { throw .malformed(what: "the width of a chunk", offset: start) }
    var sides: [Int] = []
    for _ in 0..<dimensions { sides.append(try cursor.count(width)) }
    let kind: HDF5ChunkIndex.Kind
    switch try cursor.u8() {
    case 1:
      if flags & 2 != 0 {
        kind = .single(size: try cursor.length(), mask: try cursor.u32())
      } else {
        kind = .single(size: nil, mask: 0)
      }
    case 2: kind = .implicit
    case 3:
      try cursor.skip(1)
      kind = .fixedArray
    case 4:
      try cursor.skip(5)
      kind = .extensibleArray
    case 5:
      try cursor.skip(6)
      kind = .secondTree
    default: throw .malformed(what: "the kind of a chunk index", offset: start)
    }
    return .chunked(try index(kind, try cursor.address(), sides, rank: rank, start))
  }

  /// The last side is the size of an element.
  private func index(
    _ kind: HDF5ChunkIndex.Kind, _ address: Int?, _ sides: [Int], rank: Int, _ start: Int
  ) throws(HDF5Error) -> HDF5ChunkIndex {
    guard sides.count == rank + 1, sides.count <= 33 else {
      throw .corrupting(
        what: "chunks of \(sides.count - 1) dimensions of a dataset of \(rank)", offset: start)
    }
    var bytes = 1
    for side in sides {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: side)
      guard !overflow, side > 0 else {
        throw .corrupting(what: "a chunk of which a side is \(side)", offset: start)
      }
      bytes = product
    }
    return HDF5ChunkIndex(
      kind: kind, address: address, dimensions: Array(sides.dropLast()), bytes: bytes)
  }

  private mutating func filters(in range: Range<Int>) throws(HDF5Error) -> [HDF5Filter] {
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(
      span, at: range.lowerBound, end: range.upperBound, sizes, "a filter pipeline")
    let version = try cursor.u8()
    let count = try cursor.u8()
    guard version == 1 || version == 2, count <= 32 else {
      throw .corrupting(what: "a pipeline of \(count) filters where 32 fit", offset: range.lowerBound)
    }
    if version == 1 { try cursor.skip(6) }
    var filters: [HDF5Filter] = []
    for _ in 0..<count {
      try step(at: cursor.offset)
      let id = try cursor.u16()
      let nameLength = version == 1 || id >= 256 ? try cursor.u16() : 0
      _ = try cursor.u16()
      let valueCount = try cursor.u16()
      let padded = version == 1 ? (nameLength + 7) / 8 * 8 : nameLength
      let name = try cursor.text(padded)
      var values: [Int] = []
      for _ in 0..<valueCount { values.append(try cursor.u32()) }
      if version == 1, valueCount % 2 == 1 { try cursor.skip(min(4, cursor.remaining)) }
      filters.append(HDF5Filter(id: id, name: name, values: values))
    }
    return filters
  }

  private mutating func externalFiles(_ range: Range<Int>) throws(HDF5Error) -> [String] {
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(
      span, at: range.lowerBound, end: range.upperBound, sizes, "a list of external files")
    try cursor.skip(4 + 2)
    let used = try cursor.u16()
    let heap = try cursor.definedAddress()
    var names: [String] = []
    for _ in 0..<used {
      try step(at: cursor.offset)
      let name = try cursor.length()
      try cursor.skip(2 * sizes.length)
      names.append(try localText(heap: heap, at: name))
    }
    return names
  }
}
