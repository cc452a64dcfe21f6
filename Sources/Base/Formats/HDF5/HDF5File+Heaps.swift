// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Where the groups of old files keep their names, and all files what has no fixed length.
extension HDF5File {
  /// The text at an offset of the local heap at an address.
  mutating func localText(heap: Int, at offset: Int) throws(HDF5Error) -> String {
    try step(at: heap)
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(span, at: heap, sizes, "a local heap")
    try cursor.expect("HEAP")
    try cursor.skip(4)
    let size = try cursor.length()
    try cursor.skip(sizes.length)
    let start = try cursor.definedAddress()
    guard start <= data.count, size <= data.count - start, offset < size else {
      throw .truncated(what: "a name in the local heap", offset: heap)
    }
    var body = try HDF5Cursor(span, at: start + offset, end: start + size, sizes, "a name")
    let text = try body.terminatedText()
    guard text.utf8.count <= Limits.hdf5Name else {
      throw .limit(what: "a name of \(text.utf8.count) bytes", offset: heap)
    }
    return text
  }

  /// One object of the global heap.
  package mutating func globalObject(heap address: Int, index: Int) throws(HDF5Error) -> Bytes {
    if heap?.address != address { heap = (address, try globalHeap(address)) }
    elements -= 1
    guard elements >= 0 else {
      throw .limit(what: "more than \(Limits.hdf5Elements) elements of variable length", offset: address)
    }
    guard let range = heap?.objects[index] else {
      throw .malformed(what: "object \(index), which is not in the global heap", offset: address)
    }
    return data.slice(range)
  }

  private mutating func globalHeap(_ address: Int) throws(HDF5Error) -> [Int: Range<Int>] {
    let data = self.data
    let span = data.span
    var head = try HDF5Cursor(span, at: address, sizes, "a global heap")
    try head.expect("GCOL")
    try head.skip(4)
    let size = try head.length()
    guard size <= data.count - address else {
      throw .truncated(what: "\(size) bytes of a global heap", offset: address)
    }
    var cursor = try HDF5Cursor(
      span, at: head.offset, end: address + max(size, head.offset - address), sizes, "a global heap")
    var objects: [Int: Range<Int>] = [:]
    let slot = 8 + sizes.length
    while cursor.remaining >= slot {
      try step(at: cursor.offset)
      let start = cursor.offset
      let index = try cursor.u16()
      try cursor.skip(6)
      let length = try cursor.length()
      if index == 0 {
        // What is free reaches to the end of the collection. A reader that believes another size does not get there.
        let left = address + size - start
        guard length == 0 || length == left || length == left - slot else {
          throw .malformed(what: "the free space of a global heap", offset: start)
        }
        break
      }
      let body = try cursor.take(length)
      guard objects.updateValue(body, forKey: index) == nil else {
        throw .malformed(what: "a second object \(index) in the global heap", offset: start)
      }
      try cursor.align(8, from: body.lowerBound)
    }
    return objects
  }
}

/// A heap for links and attributes that are many: a table of blocks that double in size.
struct HDF5FractalHeap: Sendable {
  let address: Int
  let idLength: Int
  let isFiltered: Bool
  let hugeTree: Int?
  let width: Int
  let startSize: Int
  let maximumDirect: Int
  let offsetBytes: Int
  let lengthBytes: Int
  let root: Int?
  let rows: Int

  /// Bytes of one block in a row.
  func blockSize(_ row: Int) -> Int? {
    guard row > 1 else { return startSize }
    let (size, overflow) = startSize.multipliedReportingOverflow(by: 1 << min(62, row - 1))
    return overflow || row > 60 ? nil : size
  }
}

extension HDF5File {
  mutating func fractalHeap(_ address: Int) throws(HDF5Error) -> HDF5FractalHeap {
    try step(at: address)
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(span, at: address, sizes, "a fractal heap")
    try cursor.expect("FRHP")
    try cursor.skip(1)
    let idLength = try cursor.u16()
    let filterLength = try cursor.u16()
    try cursor.skip(1)
    let largest = try cursor.u32()
    try cursor.skip(sizes.length)
    let huge = try cursor.address()
    try cursor.skip(sizes.length + sizes.offset + 8 * sizes.length)
    let width = try cursor.u16()
    let start = try cursor.length()
    let maximum = try cursor.length()
    let bits = try cursor.u16()
    try cursor.skip(2)
    let root = try cursor.address()
    let rows = try cursor.u16()
    guard width > 0, start > 0, maximum >= start, bits <= 64, idLength > 0 else {
      throw .malformed(what: "a fractal heap", offset: address)
    }
    return HDF5FractalHeap(
      address: address, idLength: idLength, isFiltered: filterLength > 0, hugeTree: huge, width: width,
      startSize: start, maximumDirect: maximum, offsetBytes: (bits + 7) / 8,
      lengthBytes: Self.bytesFor(min(maximum, largest)), root: root, rows: rows)
  }

  /// The object that an id in `range` stands for.
  mutating func object(_ id: Range<Int>, in heap: HDF5FractalHeap) throws(HDF5Error) -> Range<Int> {
    try step(at: id.lowerBound)
    guard !heap.isFiltered else {
      throw .unsupported(what: "a compressed fractal heap", offset: heap.address)
    }
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(
      span, at: id.lowerBound, end: id.upperBound, sizes, "an id of a fractal heap")
    let head = try cursor.u8()
    switch head >> 4 & 3 {
    case 0:
      let offset = try cursor.count(heap.offsetBytes)
      let length = try cursor.count(heap.lengthBytes)
      return try managed(offset, length, in: heap)
    case 1:
      if heap.idLength >= 1 + sizes.offset + sizes.length {
        let address = try cursor.definedAddress()
        let length = try cursor.length()
        return try range(address, length)
      }
      return try huge(try cursor.uint(min(8, cursor.remaining)), in: heap)
    case 2:
      var length = head & 15
      if heap.idLength > 17 { length = length << 8 | (try cursor.u8()) }
      return try cursor.take(length + 1)
    default: throw .malformed(what: "an id of a fractal heap", offset: id.lowerBound)
    }
  }

  private func range(_ address: Int, _ length: Int) throws(HDF5Error) -> Range<Int> {
    guard address <= data.count, length <= data.count - address else {
      throw .truncated(what: "\(length) bytes of a heap", offset: address)
    }
    return address..<address + length
  }

  private mutating func huge(_ key: UInt64, in heap: HDF5FractalHeap) throws(HDF5Error) -> Range<Int> {
    guard let tree = heap.hugeTree else { throw .malformed(what: "a huge object", offset: heap.address) }
    for record in try records(ofTree: tree) {
      let data = self.data
      let span = data.span
      var cursor = try HDF5Cursor(
        span, at: record.lowerBound, end: record.upperBound, sizes, "the record of a huge object")
      let address = try cursor.definedAddress()
      let length = try cursor.length()
      if try cursor.uint(sizes.length) == key { return try range(address, length) }
    }
    throw .malformed(what: "a huge object that is not there", offset: heap.address)
  }

  private mutating func managed(
    _ offset: Int, _ length: Int, in heap: HDF5FractalHeap
  ) throws(HDF5Error) -> Range<Int> {
    guard var block = heap.root else {
      throw .malformed(what: "an object of an empty heap", offset: heap.address)
    }
    var rows = heap.rows
    var base = 0
    var size = heap.startSize
    for _ in 0..<64 {
      try step(at: block)
      if rows == 0 {
        let place = offset - base
        guard place >= 0, place <= size, length <= size - place else {
          throw .malformed(what: "an object outside of its heap block", offset: block)
        }
        let data = self.data
        let span = data.span
        var cursor = try HDF5Cursor(span, at: block, sizes, "a heap block")
        try cursor.expect("FHDB")
        let (start, overflow) = block.addingReportingOverflow(place)
        guard !overflow else { throw .malformed(what: "a heap block", offset: block) }
        return try range(start, length)
      }
      (block, rows, base, size) = try descend(block, rows, base, to: offset, heap)
    }
    throw .malformed(what: "heap blocks that nest without end", offset: block)
  }

  /// The block of an indirect one that an offset lies in.
  private func descend(
    _ block: Int, _ rows: Int, _ base: Int, to offset: Int, _ heap: HDF5FractalHeap
  ) throws(HDF5Error) -> (block: Int, rows: Int, base: Int, size: Int) {
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(span, at: block, sizes, "an indirect heap block")
    try cursor.expect("FHIB")
    try cursor.skip(1 + sizes.offset + heap.offsetBytes)
    var start = base
    for row in 0..<rows {
      guard let size = heap.blockSize(row) else { break }
      let (bytes, overflow) = size.multipliedReportingOverflow(by: heap.width)
      guard !overflow, bytes <= Int.max - start else { break }
      guard offset < start + bytes else {
        try cursor.skip(heap.width * sizes.offset)
        start += bytes
        continue
      }
      guard offset >= start else { break }
      let column = (offset - start) / size
      try cursor.skip(column * sizes.offset)
      let child = try cursor.definedAddress()
      // A block that is too large to be direct has as many rows as make up its size.
      var below = 0
      if size > heap.maximumDirect {
        var covered = 0
        while covered < size, let next = heap.blockSize(below), below < 60 {
          let (bytes, overflow) = next.multipliedReportingOverflow(by: heap.width)
          if overflow { break }
          covered += bytes
          below += 1
        }
      }
      return (child, below, start + column * size, size)
    }
    throw .malformed(what: "an object outside of its heap", offset: block)
  }
}
