// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletMerkle

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
    return try InclusionProof(of: index, size: size) { range throws(LogError) in try root(of: range) }
  }

  /// The proof that the tree of the first `to` entries begins with that of the first `from` (RFC 6962, 2.1.2).
  /// - Throws: ``LogError/noSuchSize(requested:size:)``, ``LogError/damaged(path:expected:found:)``.
  package mutating func consistencyProof(from: UInt64, to: UInt64) throws(LogError) -> ConsistencyProof {
    guard to <= checkpoint.size else { throw .noSuchSize(requested: to, size: checkpoint.size) }
    guard from <= to else { throw .noSuchSize(requested: from, size: to) }
    return try ConsistencyProof(from: from, to: to) { range throws(LogError) in try root(of: range) }
  }

  /// The root of the tree of the first `size` entries.
  package mutating func root(size: UInt64) throws(LogError) -> TreeHash {
    guard size <= checkpoint.size else { throw .noSuchSize(requested: size, size: checkpoint.size) }
    return size == 0 ? .empty : try root(of: 0..<size)
  }

  /// The root over a range that stands in the tree as a subtree does.
  private mutating func root(of range: Range<UInt64>) throws(LogError) -> TreeHash {
    try TreeShape.root(of: range) { level, slots throws(LogError) in
      let first = Int(slots.lowerBound % 256)
      return try hashes(level: level, index: slots.lowerBound / 256)[first..<first + slots.count]
    }
  }
}
