// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// What was had of the elements that may hold text or another file.
package struct HDF5Values: Sendable {
  package fileprivate(set) var values: [Bytes] = []
  /// Elements that were not looked at, because they are too many or too large.
  package fileprivate(set) var isCut = false
  /// The id of a filter that is not undone here.
  package fileprivate(set) var filter: Int?

  /// Leave out what is plain ASCII in one line: that is no other file, whoever reads it.
  private let isBrief: Bool

  fileprivate init(isBrief: Bool) { self.isBrief = isBrief }

  fileprivate mutating func append(_ value: Bytes) {
    if !isBrief || !Self.isPlain(value) { values.append(value) }
  }

  private static func isPlain(_ value: Bytes) -> Bool {
    let span = value.span
    var end = span.count
    while end > 0, span[end - 1] == 0 { end -= 1 }
    for index in 0..<end where span[index] < 0x20 || span[index] > 0x7E { return false }
    return true
  }
}

extension HDF5File {
  /// The values of an attribute whose type can hold text or bytes.
  package mutating func values(of attribute: HDF5Attribute) throws(HDF5Error) -> HDF5Values {
    var found = HDF5Values(isBrief: false)
    guard attribute.type.holdsBytes else { return found }
    try append(data.slice(attribute.contents), attribute.type, &found)
    return found
  }

  /// The values of a dataset whose type can hold text or bytes.
  package mutating func values(of dataset: HDF5Dataset) throws(HDF5Error) -> HDF5Values {
    var found = HDF5Values(isBrief: true)
    guard dataset.type.holdsBytes, dataset.space.count > 0 else { return found }
    switch dataset.layout {
    case .virtual: break
    case .compact(let range): try append(try slice(range), dataset.type, &found)
    case .contiguous(let range):
      guard let range else { break }
      let used = min(range.count, dataset.space.count * dataset.type.size)
      try append(try slice(range.lowerBound..<range.lowerBound + used), dataset.type, &found)
    case .chunked(let index): try append(index, dataset, &found)
    }
    return found
  }

  private mutating func append(
    _ index: HDF5ChunkIndex, _ dataset: HDF5Dataset, _ found: inout HDF5Values
  ) throws(HDF5Error) {
    guard index.bytes <= Limits.hdf5Contents else {
      found.isCut = true
      return
    }
    // Numbers make one value together, texts one each.
    var whole: [UInt8] = []
    for chunk in try chunks(index, space: dataset.space) {
      guard whole.count + index.bytes <= Limits.hdf5Contents else {
        found.isCut = true
        break
      }
      try step(1 + index.bytes >> 12, at: chunk.range.lowerBound)
      switch HDF5Filters.undo(dataset.filters, chunk, data, most: index.bytes) {
      case .bytes(let bytes):
        if dataset.type.isWhole { whole += bytes.array() } else { try append(bytes, dataset.type, &found) }
      case .unknown(let filter):
        found.filter = filter
        return
      case .malformed:
        throw .malformed(what: "the compressed bytes of a chunk", offset: chunk.range.lowerBound)
      }
    }
    if !whole.isEmpty { try append(Bytes(whole), dataset.type, &found) }
  }

  private mutating func append(
    _ bytes: Bytes, _ type: HDF5Datatype, _ found: inout HDF5Values
  ) throws(HDF5Error) {
    switch type {
    case .integer, .bitfield, .array:
      guard bytes.count <= Limits.hdf5Contents else {
        found.isCut = true
        return
      }
      found.values.append(bytes)
    case .string(let size), .opaque(let size, _):
      guard size > 0 else { return }
      var at = 0
      while at + size <= bytes.count {
        guard found.values.count < Limits.hdf5Values else {
          found.isCut = true
          return
        }
        found.append(bytes.slice(at..<at + size))
        at += size
      }
    case .variable(let size, let base, _):
      let span = bytes.span
      var at = 0
      while at + size <= bytes.count {
        guard found.values.count < Limits.hdf5Values else {
          found.isCut = true
          return
        }
        var cursor = try HDF5Cursor(span, at: at, sizes, "an element of variable length")
        let length = try cursor.u32()
        let heap = try cursor.address()
        let index = try cursor.u32()
        at += size
        guard length > 0, let heap, heap > 0, index > 0 else { continue }
        let object = try globalObject(heap: heap, index: index)
        let (wanted, overflow) = length.multipliedReportingOverflow(by: base.size)
        guard !overflow, wanted <= object.count else {
          throw .malformed(what: "an element that is longer than its object of the heap", offset: heap)
        }
        if case .variable = base {
          try append(object.slice(0..<wanted), base, &found)
        } else {
          found.append(object.slice(0..<wanted))
        }
      }
    default: break
    }
  }
}

/// Filters of chunks, backwards.
enum HDF5Filters {
  enum Result {
    case bytes(Bytes)
    case unknown(Int)
    case malformed
  }

  /// The bytes of a chunk before its filters. More than `most` are malformed.
  static func undo(_ filters: [HDF5Filter], _ chunk: HDF5Chunk, _ data: Bytes, most: Int) -> Result {
    var bytes = data.slice(chunk.range)
    for (number, filter) in filters.enumerated().reversed() where chunk.mask >> number & 1 == 0 {
      switch filter.id {
      case 1:
        guard bytes.count > 2,
          let inflated = try? Inflate.raw(bytes.slice(2..<bytes.count), limit: most + 4)
        else { return .malformed }
        bytes = inflated.bytes
      case 2: bytes = unshuffled(bytes, filter.values.first ?? 1)
      case 3:
        guard bytes.count >= 4 else { return .malformed }
        bytes = bytes.slice(0..<bytes.count - 4)
      case 32000:
        // LZF keeps a chunk as it is when it does not become smaller; the mask says so.
        guard let longer = lzf(bytes, most: most + 4) else { return .malformed }
        bytes = longer
      default: return .unknown(filter.id)
      }
    }
    return .bytes(bytes)
  }

  private static func unshuffled(_ bytes: Bytes, _ size: Int) -> Bytes {
    guard size > 1, bytes.count >= size else { return bytes }
    let count = bytes.count / size
    var out = bytes.array()
    let source = bytes.span
    for byte in 0..<size {
      for index in 0..<count { out[index * size + byte] = source[byte * count + index] }
    }
    return Bytes(out)
  }

  private static func lzf(_ bytes: Bytes, most: Int) -> Bytes? {
    let source = bytes.span
    var out: [UInt8] = []
    var at = 0
    while at < source.count {
      let control = Int(source[at])
      at += 1
      if control < 32 {
        guard control + 1 <= source.count - at, out.count + control + 1 <= most else { return nil }
        for index in at..<at + control + 1 { out.append(source[index]) }
        at += control + 1
        continue
      }
      var length = control >> 5
      if length == 7 {
        guard at < source.count else { return nil }
        length += Int(source[at])
        at += 1
      }
      guard at < source.count else { return nil }
      let back = (control & 31) << 8 | Int(source[at])
      at += 1
      var from = out.count - back - 1
      guard from >= 0, out.count + length + 2 <= most else { return nil }
      for _ in 0..<length + 2 {
        out.append(out[from])
        from += 1
      }
    }
    return Bytes(out)
  }
}
