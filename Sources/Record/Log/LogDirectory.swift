// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles
import MartletMerkle

/// Where the files of a log are.
struct LogDirectory: Sendable {
  let path: String

  init(_ path: String) {
    var path = path[...]
    while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
    self.path = String(path)
  }

  var checkpointPath: String { path + "/checkpoint" }
  /// Beside the log, so that the directory holds nothing that is not signed.
  var lockPath: String { path + ".lock" }

  func absolute(_ relative: String) -> String { path + "/" + relative }

  func readCheckpoint() throws(LogError) -> [UInt8]? {
    try files { () throws(FilesError) in
      try WholeFile.read(checkpointPath, atMost: SignedNote.longest)
    }
  }

  func read(_ tile: TilePath) throws(FilesError) -> [UInt8]? {
    let limit =
      switch tile.content {
      case .entries: EntryBundle.longest
      case .hashes: TilePath.fullWidth * TreeHash.byteCount
      }
    return try WholeFile.read(absolute(tile.text), atMost: limit)
  }

  /// The hashes of a tile, or what is wrong with the file.
  func hashes(_ tile: TilePath) throws(FilesError) -> TileContent {
    guard let bytes = try read(tile) else { return .flawed(found: "no file") }
    guard bytes.count == tile.width * TreeHash.byteCount else {
      return .flawed(found: "\(bytes.count) bytes")
    }
    return .hashes(
      stride(from: 0, to: bytes.count, by: TreeHash.byteCount).map {
        TreeHash(bytes[$0..<$0 + TreeHash.byteCount])!
      })
  }
}

/// What stands in the file of a hash tile.
enum TileContent: Sendable {
  case hashes([TreeHash])
  case flawed(found: String)
}
