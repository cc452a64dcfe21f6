// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles
import MartletMerkle

/// A log as it was at one checkpoint. Whatever it gives has been checked, through the hash tiles, against the
/// root that the log's key has signed: a changed file is refused, and never answers.
///
/// It stays readable while others append. It keeps one tile a level in memory.
package struct LogSnapshot: Sendable {
  package let checkpoint: Checkpoint
  /// The checkpoint's file, signed, for handing to others.
  package let file: [UInt8]
  let edge: TreeEdge
  private let directory: LogDirectory
  private let key: LogVerifierKey
  private let layout: TileLayout
  private var verified: [Int: (index: UInt64, hashes: [TreeHash])] = [:]

  /// How often to look again when a writer has moved the log on between two reads.
  private static let attempts = 100

  /// Reads the current checkpoint and the tiles at the right edge.
  /// - Throws: ``LogError/noLog(directory:)``, ``LogError/damaged(path:expected:found:)`` and what
  ///   ``LogVerifierKey/checkpoint(from:)`` throws.
  init(of directory: LogDirectory, key: LogVerifierKey) throws(LogError) {
    var attempt = 0
    while true {
      guard let file = try directory.readCheckpoint() else { throw .noLog(directory: directory.path) }
      let checkpoint = try key.checkpoint(from: file)
      do throws(LogError) {
        edge = try Self.readEdge(of: checkpoint, in: directory)
        self.checkpoint = checkpoint
        self.file = file
        break
      } catch {
        attempt += 1
        if attempt < Self.attempts, try directory.readCheckpoint() != file { continue }
        throw error
      }
    }
    self.directory = directory
    self.key = key
    layout = TileLayout(size: checkpoint.size)
  }

  private static func readEdge(
    of checkpoint: Checkpoint, in directory: LogDirectory
  ) throws(LogError) -> TreeEdge {
    let layout = TileLayout(size: checkpoint.size)
    var edge = TreeEdge()
    for level in layout.levels {
      var hashes: [TreeHash] = []
      if let tile = layout.partial(.hashes(level: level)) { hashes = try read(tile, in: directory) }
      edge.levels.append(hashes)
    }
    guard edge.root == checkpoint.root else {
      throw .damaged(
        path: "checkpoint", expected: "the root \(checkpoint.root) in the tiles", found: "\(edge.root)")
    }
    return edge
  }

  private static func read(_ tile: TilePath, in directory: LogDirectory) throws(LogError) -> [TreeHash] {
    switch try files({ () throws(FilesError) in try directory.hashes(tile) }) {
    case .hashes(let hashes): return hashes
    case .flawed(let found):
      throw .damaged(path: tile.text, expected: "\(tile.width * TreeHash.byteCount) bytes", found: found)
    }
  }

  /// The hashes of a tile.
  mutating func hashes(level: Int, index: UInt64) throws(LogError) -> [TreeHash] {
    let tile = layout.path(.hashes(level: level), index: index)
    guard tile.isFull else { return edge.levels[level] }
    if let known = verified[level], known.index == index { return known.hashes }
    let hashes = try Self.read(tile, in: directory)
    // A full tile has its root in the level above, which ends in the edge that gives the signed root.
    let expected = try hash(level: level + 1, at: index)
    let found = TreeHash.root(ofPerfect: hashes)
    guard found == expected else {
      throw .damaged(path: tile.text, expected: "hashes that lead to \(expected)", found: "\(found)")
    }
    verified[level] = (index, hashes)
    return hashes
  }

  /// One hash of a level.
  mutating func hash(level: Int, at position: UInt64) throws(LogError) -> TreeHash {
    try hashes(level: level, index: position / 256)[Int(position % 256)]
  }

  /// The bytes of a bundle up to its last entry of this checkpoint, and where its entries lie in them.
  mutating func bundle(_ index: UInt64) throws(LogError) -> (bytes: [UInt8], entries: [Range<Int>]) {
    let tile = layout.path(.entries, index: index)
    let (file, bytes) = try readBundle(tile)
    let (entries, end) = EntryBundle.ranges(in: bytes, count: tile.width)
    guard entries.count == tile.width else {
      throw .damaged(
        path: file.text, expected: "\(tile.width) entries",
        found: "\(entries.count) and \(bytes.count - end) bytes")
    }
    guard file != tile || end == bytes.count else {
      throw .damaged(path: file.text, expected: "\(end) bytes", found: "\(bytes.count)")
    }
    let expected = try hashes(level: 0, index: index)
    for (slot, range) in entries.enumerated() {
      let hash = TreeHash(leaf: bytes.span.extracting(range))
      guard hash == expected[slot] else {
        throw .damaged(
          path: file.text, expected: "entry \(index * 256 + UInt64(slot)) with the hash \(expected[slot])",
          found: "\(hash)")
      }
    }
    return (Array(bytes[..<end]), entries)
  }

  /// Reads a bundle. A partial one may have been superseded meanwhile by one that has its entries and more.
  private func readBundle(_ tile: TilePath) throws(LogError) -> (TilePath, [UInt8]) {
    let full = TilePath(content: .entries, index: tile.index, width: TilePath.fullWidth)
    var newest = tile
    for _ in 0..<Self.attempts {
      for candidate in [tile, newest, full] {
        if let bytes = try files({ () throws(FilesError) in try directory.read(candidate) }) {
          return (candidate, bytes)
        }
      }
      if tile.isFull { break }
      // A writer first signs the longer bundle and then removes the shorter: what is gone is there under the name that the
      // checkpoint has now, and missing only when that has not changed since before it was looked for.
      let now = try currentPath(of: tile)
      if now == newest { break }
      newest = now
    }
    throw .damaged(path: tile.text, expected: "\(tile.width) entries", found: "no file")
  }

  /// Where the entries of a bundle are by the checkpoint of this moment.
  private func currentPath(of tile: TilePath) throws(LogError) -> TilePath {
    guard let file = try directory.readCheckpoint() else { return tile }
    let layout = TileLayout(size: try key.checkpoint(from: file).size)
    return tile.index < layout.tileCount(.entries) ? layout.path(.entries, index: tile.index) : tile
  }
}
