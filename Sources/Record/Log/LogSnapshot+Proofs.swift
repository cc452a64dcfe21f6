// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension LogSnapshot {
  /// The entry at an index.
  /// - Throws: ``LogError/noSuchEntry(index:size:)``, ``LogError/damaged(path:expected:found:)``.
  package mutating func entry(at index: UInt64) throws(LogError) -> [UInt8] {
    guard index < checkpoint.size else { throw .noSuchEntry(index: index, size: checkpoint.size) }
    let (bytes, entries) = try bundle(index / 256)
    return Array(bytes[entries[Int(index % 256)]])
  }

  /// Hands the entries of a range to `body`, one after the other, with one bundle in memory.
  package mutating func forEachEntry(
    in range: Range<UInt64>, _ body: (UInt64, [UInt8]) throws(LogError) -> Void
  ) throws(LogError) {
    guard range.upperBound <= checkpoint.size else {
      throw .noSuchEntry(index: range.upperBound - 1, size: checkpoint.size)
    }
    var index = range.lowerBound
    while index < range.upperBound {
      let (bytes, entries) = try bundle(index / 256)
      for entry in entries.dropFirst(Int(index % 256)) where index < range.upperBound {
        try body(index, Array(bytes[entry]))
        index += 1
      }
    }
  }

  /// The proof that an entry is in the tree of the first `size` entries (RFC 6962, 2.1.1).
  /// - Throws: ``LogError/noSuchSize(requested:size:)``, ``LogError/noSuchEntry(index:size:)``,
  ///   ``LogError/damaged(path:expected:found:)``.
  package mutating func inclusionProof(of index: UInt64, size: UInt64) throws(LogError) -> InclusionProof {
    guard size <= checkpoint.size else { throw .noSuchSize(requested: size, size: checkpoint.size) }
    guard index < size else { throw .noSuchEntry(index: index, size: size) }
    var range = 0..<size
    var path: [TreeHash] = []
    while range.count > 1 {
      let middle = Self.split(range)
      if index < middle {
        path.append(try root(of: middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        path.append(try root(of: range.lowerBound..<middle))
        range = middle..<range.upperBound
      }
    }
    return InclusionProof(index: index, size: size, path: path.reversed())
  }

  /// The proof that the tree of the first `to` entries begins with that of the first `from` (RFC 6962, 2.1.2).
  /// - Throws: ``LogError/noSuchSize(requested:size:)``, ``LogError/damaged(path:expected:found:)``.
  package mutating func consistencyProof(from: UInt64, to: UInt64) throws(LogError) -> ConsistencyProof {
    guard to <= checkpoint.size else { throw .noSuchSize(requested: to, size: checkpoint.size) }
    guard from <= to else { throw .noSuchSize(requested: from, size: to) }
    guard from > 0 else { return ConsistencyProof(from: from, to: to, path: []) }
    var range = 0..<to
    var path: [TreeHash] = []
    while range.upperBound != from {
      let middle = Self.split(range)
      if from <= middle {
        path.append(try root(of: middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        path.append(try root(of: range.lowerBound..<middle))
        range = middle..<range.upperBound
      }
    }
    // The verifier knows the earlier root, unless that tree is only a part of this subtree's left side.
    if range.lowerBound > 0 { path.append(try root(of: range)) }
    return ConsistencyProof(from: from, to: to, path: path.reversed())
  }

  /// The root of the tree of the first `size` entries.
  package mutating func root(size: UInt64) throws(LogError) -> TreeHash {
    guard size <= checkpoint.size else { throw .noSuchSize(requested: size, size: checkpoint.size) }
    return size == 0 ? .empty : try root(of: 0..<size)
  }

  /// The root over a range that stands in the tree as a subtree does: it begins at a multiple of the power of
  /// two that is not below its length.
  private mutating func root(of range: Range<UInt64>) throws(LogError) -> TreeHash {
    let count = range.upperBound - range.lowerBound
    guard count.nonzeroBitCount == 1 else {
      let middle = Self.split(range)
      return TreeHash(try root(of: range.lowerBound..<middle), try root(of: middle..<range.upperBound))
    }
    let level = count.trailingZeroBitCount / 8
    let slots = 1 << (count.trailingZeroBitCount % 8)
    let position = range.lowerBound >> UInt64(8 * level)
    let hashes = try hashes(level: level, index: position / 256)
    let first = Int(position % 256)
    return TreeHash.root(ofPerfect: hashes[first..<first + slots])
  }

  /// Where RFC 6962 parts a range of at least two: at the largest power of two below its length.
  private static func split(_ range: Range<UInt64>) -> UInt64 {
    let count = range.upperBound - range.lowerBound
    return range.lowerBound + (1 << UInt64(63 - (count - 1).leadingZeroBitCount))
  }
}
