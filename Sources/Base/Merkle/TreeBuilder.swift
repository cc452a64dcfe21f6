// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import Synchronization

/// Builds the tree over entries that come one after the other. It keeps one hash for 256 entries, which is what proofs need beside
/// the hashes of the entries themselves.
package struct TreeBuilder: Sendable {
  /// How many entries there are.
  package private(set) var count: UInt64 = 0
  /// All hashes of the perfect subtrees of 256, 65,536 and so on entries.
  package private(set) var levels: [[TreeHash]] = []
  /// Hashes of the last entries, which do not make 256 yet.
  private var pending: [TreeHash] = []

  /// From how many subtrees on more than one core takes part.
  private static let fewTiles = 8

  package init() {}

  package mutating func append(_ leaves: some Collection<TreeHash>) {
    count += UInt64(leaves.count)
    pending += leaves
    let tiles = pending.count / 256
    guard tiles > 0 else { return }
    let roots = Self.roots(of: pending, tiles: tiles)
    pending.removeFirst(tiles * 256)
    add(roots, level: 0)
  }

  private mutating func add(_ hashes: [TreeHash], level: Int) {
    if levels.count == level { levels.append([]) }
    for hash in hashes {
      levels[level].append(hash)
      guard levels[level].count % 256 == 0 else { continue }
      add([TreeHash.root(ofPerfect: levels[level].suffix(256))], level: level + 1)
    }
  }

  private static func roots(of leaves: [TreeHash], tiles: Int) -> [TreeHash] {
    guard tiles >= fewTiles else {
      return (0..<tiles).map { TreeHash.root(ofPerfect: leaves[$0 * 256..<($0 + 1) * 256]) }
    }
    let made = Mutex([TreeHash](repeating: .empty, count: tiles))
    let parts = 8
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let range = tiles * part / parts..<tiles * (part + 1) / parts
      let roots = range.map { TreeHash.root(ofPerfect: leaves[$0 * 256..<($0 + 1) * 256]) }
      made.withLock { $0.replaceSubrange(range, with: roots) }
    }
    return made.withLock { $0 }
  }

  /// The root of the tree of all entries so far.
  package var root: TreeHash {
    var edge = TreeEdge()
    edge.levels = [pending] + levels.map { Array($0.suffix($0.count % 256)) }
    return edge.root
  }
}
