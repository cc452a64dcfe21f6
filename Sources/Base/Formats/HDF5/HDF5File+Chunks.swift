// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The stored bytes of one chunk and which filters they did not go through.
struct HDF5Chunk: Sendable {
  let range: Range<Int>
  let mask: Int
}

extension HDF5File {
  /// The chunks of a dataset that were written, in the order of its index.
  mutating func chunks(_ index: HDF5ChunkIndex, space: HDF5Dataspace) throws(HDF5Error) -> [HDF5Chunk] {
    guard let address = index.address else { return [] }
    guard try chunkCount(index, space) <= Limits.hdf5Chunks else {
      throw .limit(what: "more than \(Limits.hdf5Chunks) chunks of text", offset: address)
    }
    switch index.kind {
    case .single(let size, let mask): return [try chunk(address, size ?? index.bytes, mask)]
    case .tree: return try treeChunks(address, index)
    case .implicit:
      var chunks: [HDF5Chunk] = []
      for number in 0..<(try chunkCount(index, space)) {
        try step(at: address)
        let (start, overflow) = number.multipliedReportingOverflow(by: index.bytes)
        guard !overflow, start <= data.count else {
          throw .truncated(what: "a chunk", offset: address)
        }
        chunks.append(try chunk(address + start, index.bytes, 0))
      }
      return chunks
    case .fixedArray: return try fixedArray(address, index)
    case .extensibleArray: return try extensibleArray(address, index)
    case .secondTree: return try secondTreeChunks(address, index)
    }
  }

  private func chunk(_ address: Int, _ size: Int, _ mask: Int) throws(HDF5Error) -> HDF5Chunk {
    guard address <= data.count, size <= data.count - address else {
      throw .truncated(what: "a chunk of \(size) bytes", offset: address)
    }
    return HDF5Chunk(range: address..<address + size, mask: mask)
  }

  private func chunkCount(_ index: HDF5ChunkIndex, _ space: HDF5Dataspace) throws(HDF5Error) -> Int {
    var count = 1
    for (side, whole) in zip(index.dimensions, space.dimensions) {
      let (product, overflow) = count.multipliedReportingOverflow(
        by: whole / side + (whole % side > 0 ? 1 : 0))
      guard !overflow else { throw .malformed(what: "the number of chunks", offset: index.address ?? 0) }
      count = product
    }
    return count
  }

  private mutating func treeChunks(_ root: Int, _ index: HDF5ChunkIndex) throws(HDF5Error) -> [HDF5Chunk] {
    var chunks: [HDF5Chunk] = []
    let keySize = 8 + 8 * (index.dimensions.count + 1)
    let data = self.data
    let span = data.span
    for leaf in try leaves(ofTree: root, kind: 1, keySize: keySize) {
      var cursor = try HDF5Cursor(
        span, at: leaf.key.lowerBound, end: leaf.key.upperBound, sizes, "the key of a chunk")
      let size = try cursor.u32()
      chunks.append(try chunk(leaf.child, size, try cursor.u32()))
    }
    return chunks
  }

  private mutating func secondTreeChunks(
    _ root: Int, _ index: HDF5ChunkIndex
  ) throws(HDF5Error) -> [HDF5Chunk] {
    var chunks: [HDF5Chunk] = []
    let data = self.data
    let span = data.span
    for record in try records(ofTree: root) {
      var cursor = try HDF5Cursor(
        span, at: record.lowerBound, end: record.upperBound, sizes, "the record of a chunk")
      let address = try cursor.definedAddress()
      let width = record.count - sizes.offset - 8 * index.dimensions.count - 4
      guard width > 0, width <= 8 else {
        chunks.append(try chunk(address, index.bytes, 0))
        continue
      }
      let size = try cursor.count(width)
      chunks.append(try chunk(address, size, try cursor.u32()))
    }
    return chunks
  }

  /// One element of an array of chunks; nil when the chunk was never written.
  private func element(
    _ cursor: inout HDF5Cursor, width: Int, isFiltered: Bool, _ index: HDF5ChunkIndex
  ) throws(HDF5Error) -> HDF5Chunk? {
    let address = try cursor.address()
    guard isFiltered else {
      return try address.map { address throws(HDF5Error) in try chunk(address, index.bytes, 0) }
    }
    let size = try cursor.count(width - sizes.offset - 4)
    let mask = try cursor.u32()
    return try address.map { address throws(HDF5Error) in try chunk(address, size, mask) }
  }

  private mutating func fixedArray(_ header: Int, _ index: HDF5ChunkIndex) throws(HDF5Error) -> [HDF5Chunk] {
    let data = self.data
    let span = data.span
    var head = try HDF5Cursor(span, at: header, sizes, "an array of chunks")
    try head.expect("FAHD")
    try head.skip(1)
    let isFiltered = try head.u8() == 1
    let width = try head.u8()
    let pageBits = try head.u8()
    let count = try head.length()
    guard let block = try head.address() else { return [] }
    guard count <= Limits.hdf5Chunks else {
      throw .limit(what: "more than \(Limits.hdf5Chunks) chunks of text", offset: header)
    }
    guard width >= sizes.offset, pageBits < 32 else {
      throw .malformed(what: "an array of chunks", offset: header)
    }
    var cursor = try HDF5Cursor(span, at: block, sizes, "a block of chunks")
    try cursor.expect("FADB")
    try cursor.skip(2 + sizes.offset)
    let page = 1 << pageBits
    var chunks: [HDF5Chunk] = []
    let isPaged = count > page
    if isPaged { try cursor.skip(((count - 1) / page + 8) / 8 + 4) }
    for number in 0..<count {
      try step(at: cursor.offset)
      if isPaged, number > 0, number % page == 0 { try cursor.skip(4) }
      if let chunk = try element(&cursor, width: width, isFiltered: isFiltered, index) {
        chunks.append(chunk)
      }
    }
    return chunks
  }

  /// How an extensible array doubles.
  private struct Growth {
    let isFiltered: Bool
    let width: Int
    let offsetBytes: Int
    let least: Int
    let page: Int

    func blocks(_ level: Int) -> Int { 1 << (level / 2) }
    func elements(_ level: Int) -> Int { least << ((level + 1) / 2) }
  }

  private mutating func extensibleArray(
    _ header: Int, _ index: HDF5ChunkIndex
  ) throws(HDF5Error) -> [HDF5Chunk] {
    let data = self.data
    let span = data.span
    var head = try HDF5Cursor(span, at: header, sizes, "a growing array of chunks")
    try head.expect("EAHD")
    try head.skip(1)
    let isFiltered = try head.u8() == 1
    let width = try head.u8()
    let bits = try head.u8()
    let direct = try head.u8()
    let least = try head.u8()
    let pointers = try head.u8()
    let pageBits = try head.u8()
    try head.skip(6 * sizes.length)
    guard let first = try head.address() else { return [] }
    guard width >= sizes.offset, bits <= 62, pageBits < 32, least > 0, pointers > 0,
      least & (least - 1) == 0, pointers & (pointers - 1) == 0, least.trailingZeroBitCount <= bits
    else { throw .malformed(what: "a growing array of chunks", offset: header) }
    let growth = Growth(
      isFiltered: isFiltered, width: width, offsetBytes: (bits + 7) / 8, least: least, page: 1 << pageBits)
    var cursor = try HDF5Cursor(span, at: first, sizes, "the index of a growing array")
    try cursor.expect("EAIB")
    try cursor.skip(2 + sizes.offset)
    var chunks: [HDF5Chunk] = []
    for _ in 0..<direct {
      if let chunk = try element(&cursor, width: width, isFiltered: isFiltered, index) {
        chunks.append(chunk)
      }
    }
    let levels = 1 + bits - least.trailingZeroBitCount
    let inline = min(levels, 2 * pointers.trailingZeroBitCount)
    for level in 0..<inline {
      for _ in 0..<growth.blocks(level) {
        try step(at: cursor.offset)
        guard let block = try cursor.address() else { continue }
        chunks += try dataBlock(block, growth.elements(level), growth, index)
      }
    }
    for level in inline..<max(inline, levels) {
      guard let block = try cursor.address() else { continue }
      var second = try HDF5Cursor(span, at: block, sizes, "a second block of a growing array")
      try second.expect("EASB")
      try second.skip(2 + sizes.offset + growth.offsetBytes)
      let elements = growth.elements(level)
      if elements > growth.page {
        try second.skip(growth.blocks(level) * ((elements / growth.page + 7) / 8))
      }
      for _ in 0..<growth.blocks(level) {
        try step(at: second.offset)
        guard let block = try second.address() else { continue }
        chunks += try dataBlock(block, elements, growth, index)
      }
    }
    return chunks
  }

  private mutating func dataBlock(
    _ block: Int, _ count: Int, _ growth: Growth, _ index: HDF5ChunkIndex
  ) throws(HDF5Error) -> [HDF5Chunk] {
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(span, at: block, sizes, "a block of a growing array")
    try cursor.expect("EADB")
    try cursor.skip(2 + sizes.offset + growth.offsetBytes)
    let isPaged = count > growth.page
    if isPaged { try cursor.skip(4) }
    var chunks: [HDF5Chunk] = []
    for number in 0..<count {
      try step(at: cursor.offset)
      if isPaged, number > 0, number % growth.page == 0 { try cursor.skip(4) }
      if let chunk = try element(&cursor, width: growth.width, isFiltered: growth.isFiltered, index) {
        chunks.append(chunk)
      }
    }
    return chunks
  }
}
