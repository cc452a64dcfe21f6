// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletMerkle

/// Reads on from where it stood, entry after entry, and notices when the log is not the one it has read before.
///
///     var tail = try LogTail(reader)          // from the end
///     while let entry = try tail.next() { … } // until there are no more for now
package struct LogTail: Sendable {
  /// The index of the next entry.
  package private(set) var position: UInt64
  private let reader: LogReader
  private var snapshot: LogSnapshot
  private var bundle: (index: UInt64, bytes: [UInt8], entries: [Range<Int>])?

  /// - Parameter position: where to begin; at the end when left out.
  /// - Throws: ``LogError/noSuchEntry(index:size:)`` beyond the end.
  package init(_ reader: LogReader, from position: UInt64? = nil) throws(LogError) {
    self.reader = reader
    snapshot = try reader.snapshot()
    let size = snapshot.checkpoint.size
    self.position = position ?? size
    guard self.position <= size else { throw .noSuchEntry(index: self.position, size: size) }
  }

  /// What the log was when it was looked at last.
  package var checkpoint: Checkpoint { snapshot.checkpoint }

  /// The next entry with its index, or nil when there is none yet.
  /// - Throws: ``LogError/rolledBack(seen:found:)``, ``LogError/rewritten(size:)``, ``LogError/damaged(path:expected:found:)``.
  package mutating func next() throws(LogError) -> (index: UInt64, entry: [UInt8])? {
    if position == snapshot.checkpoint.size {
      try advance()
      guard position < snapshot.checkpoint.size else { return nil }
    }
    if bundle?.index != position / 256 {
      let read = try snapshot.bundle(position / 256)
      bundle = (position / 256, read.bytes, read.entries)
    }
    guard let bundle else { return nil }
    let index = position
    position += 1
    return (index, Array(bundle.bytes[bundle.entries[Int(index % 256)]]))
  }

  /// Looks at the log anew, and holds it against the one before.
  private mutating func advance() throws(LogError) {
    let before = snapshot.checkpoint
    var now = try reader.snapshot()
    guard now.checkpoint != before else { return }
    guard now.checkpoint.size >= before.size else {
      throw .rolledBack(seen: before.size, found: now.checkpoint.size)
    }
    guard try now.root(size: before.size) == before.root else { throw .rewritten(size: before.size) }
    snapshot = now
    bundle = nil
  }
}
