// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What is wrong with a proof.
package enum ProofFlaw: String, Error, Sendable {
  case outOfRange = "it is about an entry or a size that the tree does not have"
  case wrongLength = "it has more or fewer hashes than the tree's shape asks for"
  case wrongRoot = "its hashes do not lead to the root"
}

/// Shows that an entry is at its place in a tree (RFC 6962, 2.1.1).
package struct InclusionProof: Equatable, Sendable {
  package let index: UInt64
  /// The size of the tree.
  package let size: UInt64
  /// The hashes beside the way from the entry to the root, from below.
  package let path: [TreeHash]

  package init(index: UInt64, size: UInt64, path: [TreeHash]) {
    self.index = index
    self.size = size
    self.path = path
  }

  /// Returns when the proof leads from the entry to the root; every hash is needed, and no more are allowed
  /// (RFC 9162, 2.1.3.2).
  /// - Throws: ``ProofFlaw``.
  package func verify(entry: Span<UInt8>, root: TreeHash) throws(ProofFlaw) {
    guard index < size else { throw .outOfRange }
    var node = index
    var last = size - 1
    var hash = TreeHash(leaf: entry)
    for sibling in path {
      guard last > 0 else { throw .wrongLength }
      if node & 1 == 1 || node == last {
        hash = TreeHash(sibling, hash)
        while node & 1 == 0 && node != 0 { (node, last) = (node >> 1, last >> 1) }
      } else {
        hash = TreeHash(hash, sibling)
      }
      (node, last) = (node >> 1, last >> 1)
    }
    guard last == 0 else { throw .wrongLength }
    guard hash == root else { throw .wrongRoot }
  }
}

/// Shows that a tree begins with all of an earlier one (RFC 6962, 2.1.2).
package struct ConsistencyProof: Equatable, Sendable {
  /// The size of the earlier tree.
  package let from: UInt64
  /// The size of the later tree.
  package let to: UInt64
  package let path: [TreeHash]

  package init(from: UInt64, to: UInt64, path: [TreeHash]) {
    self.from = from
    self.to = to
    self.path = path
  }

  /// Returns when the later root extends the earlier one (RFC 9162, 2.1.4.2).
  ///
  /// RFC 6962 leaves out the empty tree: here it comes before every tree, with an empty proof.
  /// - Throws: ``ProofFlaw``.
  package func verify(fromRoot: TreeHash, toRoot: TreeHash) throws(ProofFlaw) {
    guard from <= to else { throw .outOfRange }
    if from == 0 || from == to {
      guard path.isEmpty else { throw .wrongLength }
      guard fromRoot == (from == to ? toRoot : .empty), from > 0 || fromRoot == .empty else {
        throw .wrongRoot
      }
      return
    }
    var hashes = path[...]
    if from.nonzeroBitCount == 1 { hashes = [fromRoot] + hashes }
    guard let start = hashes.popFirst() else { throw .wrongLength }
    var node = from - 1
    var last = to - 1
    while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
    var (earlier, later) = (start, start)
    for hash in hashes {
      guard last > 0 else { throw .wrongLength }
      if node & 1 == 1 || node == last {
        (earlier, later) = (TreeHash(hash, earlier), TreeHash(hash, later))
        while node & 1 == 0 && node != 0 { (node, last) = (node >> 1, last >> 1) }
      } else {
        later = TreeHash(later, hash)
      }
      (node, last) = (node >> 1, last >> 1)
    }
    guard last == 0 else { throw .wrongLength }
    guard earlier == fromRoot, later == toRoot else { throw .wrongRoot }
  }
}
