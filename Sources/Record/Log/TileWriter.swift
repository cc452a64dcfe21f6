// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles
import MartletMerkle

/// Writes the tiles and bundles of new entries. Nothing of it counts before a checkpoint says so, and no file
/// that the current checkpoint needs is touched.
struct TileWriter: ~Copyable {
  private let directory: LogDirectory
  private var batch: FileBatch
  private var size: UInt64
  private var edge: TreeEdge
  /// Levels whose last, partial tile has hashes that are not written.
  private var unwritten: Set<Int> = []
  /// The last bundle so far.
  private var bundle: [UInt8] = []

  init(extending snapshot: inout LogSnapshot, in directory: LogDirectory) throws(LogError) {
    self.directory = directory
    batch = FileBatch(in: directory.path)
    size = snapshot.checkpoint.size
    edge = snapshot.edge
    if size % 256 != 0 { bundle = try snapshot.bundle(size / 256).bytes }
  }

  mutating func add(_ entry: [UInt8]) throws(LogError) {
    EntryBundle.append(entry, to: &bundle)
    size += 1
    if size % 256 == 0 {
      try write(bundle, to: TilePath(content: .entries, index: size / 256 - 1, width: 256))
      bundle.removeAll(keepingCapacity: true)
    }
    try add(TreeHash(leaf: entry.span), level: 0)
  }

  private mutating func add(_ hash: TreeHash, level: Int) throws(LogError) {
    if edge.levels.count == level { edge.levels.append([]) }
    edge.levels[level].append(hash)
    unwritten.insert(level)
    guard edge.levels[level].count == TilePath.fullWidth else { return }
    let hashes = edge.levels[level]
    try write(hashes, level: level)
    edge.levels[level] = []
    try add(TreeHash.root(ofPerfect: hashes), level: level + 1)
  }

  /// Writes the partial tiles and makes everything durable.
  consuming func finish() throws(LogError) -> (size: UInt64, root: TreeHash) {
    for level in unwritten.sorted() { try write(edge.levels[level], level: level) }
    if !bundle.isEmpty {
      try write(bundle, to: TilePath(content: .entries, index: size / 256, width: Int(size % 256)))
    }
    let tree = (size: size, root: edge.root)
    try makeDurable()
    return tree
  }

  /// Writes the last tile of a level.
  private mutating func write(_ hashes: [TreeHash], level: Int) throws(LogError) {
    let last = TileLayout(size: size).count(level: level) - 1
    let tile = TilePath(content: .hashes(level: level), index: last / 256, width: hashes.count)
    try write(hashes.flatMap(\.bytes), to: tile)
    unwritten.remove(level)
  }

  private mutating func write(_ bytes: [UInt8], to tile: TilePath) throws(LogError) {
    do throws(FilesError) {
      try batch.write(bytes.span, to: directory.absolute(tile.text))
    } catch { throw .files(error) }
  }

  private consuming func makeDurable() throws(LogError) {
    do throws(FilesError) { try batch.makeDurable() } catch { throw .files(error) }
  }
}
