// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The hashes at the right edge of a tree, one list a level: those that do not make 256 yet. They determine the root, and are
/// all that is needed to append.
package struct TreeEdge: Equatable, Sendable {
  package var levels: [[TreeHash]]

  package init(_ levels: [[TreeHash]] = []) { self.levels = levels }

  /// The root of the tree (RFC 6962, 2.1).
  package var root: TreeHash {
    var root: TreeHash?
    for var hashes in levels.map({ $0[...] }) {
      while !hashes.isEmpty {
        let perfect = hashes.suffix(hashes.count & -hashes.count)
        let left = TreeHash.root(ofPerfect: perfect)
        root = root.map { TreeHash(left, $0) } ?? left
        hashes.removeLast(perfect.count)
      }
    }
    return root ?? .empty
  }
}
