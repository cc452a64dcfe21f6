// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The shape that RFC 6962, 2.1 gives to a tree of any size, for whoever keeps hashes in levels of 256: level 0 has those of the
/// entries, level k those of the perfect subtrees of 256^k entries.
package enum TreeShape {
  /// Where a range of at least two is parted: at the largest power of two below its length.
  package static func split(_ range: Range<UInt64>) -> UInt64 {
    let count = range.upperBound - range.lowerBound
    return range.lowerBound + (1 << UInt64(63 - (count - 1).leadingZeroBitCount))
  }

  /// The root over a range that stands in the tree as a subtree does: it begins at a multiple of the power of two that is not
  /// below its length.
  /// - Parameter hashes: gives hashes of a level, at most 256 that do not cross a multiple of 256.
  package static func root<Failure: Error>(
    of range: Range<UInt64>,
    hashes: (_ level: Int, _ slots: Range<UInt64>) throws(Failure) -> ArraySlice<TreeHash>
  ) throws(Failure) -> TreeHash {
    let count = range.upperBound - range.lowerBound
    guard count.nonzeroBitCount == 1 else {
      let middle = split(range)
      return TreeHash(
        try root(of: range.lowerBound..<middle, hashes: hashes),
        try root(of: middle..<range.upperBound, hashes: hashes))
    }
    let level = count.trailingZeroBitCount / 8
    let slots = UInt64(1) << UInt64(count.trailingZeroBitCount % 8)
    let first = range.lowerBound >> UInt64(8 * level)
    return TreeHash.root(ofPerfect: try hashes(level, first..<first + slots))
  }
}

extension InclusionProof {
  /// The proof that an entry is in the tree of the first `size` entries (RFC 6962, 2.1.1).
  /// - Parameter root: gives the root over a range that stands in the tree as a subtree does.
  /// - Precondition: `index < size`.
  package init<Failure: Error>(
    of index: UInt64, size: UInt64, root: (Range<UInt64>) throws(Failure) -> TreeHash
  ) throws(Failure) {
    precondition(index < size, "an entry of the tree")
    var range = 0..<size
    var path: [TreeHash] = []
    while range.count > 1 {
      let middle = TreeShape.split(range)
      if index < middle {
        path.append(try root(middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        path.append(try root(range.lowerBound..<middle))
        range = middle..<range.upperBound
      }
    }
    self.init(index: index, size: size, path: path.reversed())
  }
}

extension ConsistencyProof {
  /// The proof that the tree of the first `to` entries begins with that of the first `from` (RFC 6962, 2.1.2).
  /// - Parameter root: gives the root over a range that stands in the tree as a subtree does.
  /// - Precondition: `from <= to`.
  package init<Failure: Error>(
    from: UInt64, to: UInt64, root: (Range<UInt64>) throws(Failure) -> TreeHash
  ) throws(Failure) {
    precondition(from <= to, "the earlier tree is not the larger one")
    guard from > 0 else {
      self.init(from: from, to: to, path: [])
      return
    }
    var range = 0..<to
    var path: [TreeHash] = []
    while range.upperBound != from {
      let middle = TreeShape.split(range)
      if from <= middle {
        path.append(try root(middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        path.append(try root(range.lowerBound..<middle))
        range = middle..<range.upperBound
      }
    }
    // The verifier knows the earlier root, unless that tree is only a part of this subtree's left side.
    if range.lowerBound > 0 { path.append(try root(range)) }
    self.init(from: from, to: to, path: path.reversed())
  }
}
