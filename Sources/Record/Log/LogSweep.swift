// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles
import MartletMerkle

/// Removes what appends leave at the right edge: partial tiles that a longer one has superseded, and whatever
/// a crashed append wrote beyond the checkpoint. The caller holds the log's lock.
///
/// Only names that an append could have written are removed; anything else stays for ``LogVerification`` to
/// report. It looks at the right edge, and where the edge was before, so that its cost does not grow with the log.
struct LogSweep {
  let directory: LogDirectory
  let layout: TileLayout
  /// What the log was before the append.
  var before: TileLayout?
  /// Look everywhere: an append that crossed into another directory of a thousand tiles, and was interrupted after its
  /// commit, has left its old edge in the one before.
  var isThorough = false

  func run() throws(FilesError) {
    try DurableFile.sweep(directory.path)
    for content in TilePath.levels.map({ TilePath.Content.hashes(level: $0) }) + [.entries] {
      if let old = before?.partial(content), !layout.contains(old) {
        try Disk.removeFile(directory.absolute(old.text))
        _ = try Disk.removeDirectoryIfEmpty(FilePath.parent(of: directory.absolute(old.text)))
      }
      let root = TilePath.root(of: content)
      guard try Directory.kind(of: directory.absolute(root)) == .directory else { continue }
      try sweep(root, edge: TilePath.groups(of: layout.count(content) / 256)[...])
    }
    if layout.size == 0 { _ = try Disk.removeDirectoryIfEmpty(directory.absolute("tile")) }
  }

  /// - Parameter edge: the rest of the name of the tile at the right edge, in groups of three digits, as seen from
  ///   this directory; empty when the whole directory is beyond the edge.
  private func sweep(_ path: String, edge: ArraySlice<String>) throws(FilesError) {
    for name in try Directory.names(in: directory.absolute(path)) {
      let child = path + "/" + name
      if name.hasPrefix("x") {
        let group = String(name.dropFirst())
        if !isThorough, edge.count > 1, let first = edge.first, group < first { continue }
        guard try Directory.kind(of: directory.absolute(child)) == .directory else { continue }
        try sweep(child, edge: edge.first == group ? edge.dropFirst() : [])
      } else if name.hasSuffix(".p") {
        guard try Directory.kind(of: directory.absolute(child)) == .directory else { continue }
        for width in try Directory.names(in: directory.absolute(child)) {
          try removeIfStray(child + "/" + width)
        }
        _ = try Disk.removeDirectoryIfEmpty(directory.absolute(child))
      } else {
        try removeIfStray(child)
      }
    }
    _ = try Disk.removeDirectoryIfEmpty(directory.absolute(path))
  }

  private func removeIfStray(_ path: String) throws(FilesError) {
    guard let tile = TilePath(parsing: path), !layout.contains(tile) else { return }
    try Disk.removeFile(directory.absolute(path))
  }
}
