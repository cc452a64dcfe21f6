// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles
import MartletMerkle
import Synchronization

/// A log that nobody can change unnoticed: a Merkle tree over its entries (RFC 6962), kept as the static files
/// of C2SP tlog-tiles, with a checkpoint that the log's key has signed.
///
///     let log = try Log(directory: home + "/log", key: LogKey(contentsOf: home + "/keys/log"))
///     let indices = try log.append([record])
///
/// What the signature promises: whoever has once seen a checkpoint can tell if any entry before it was changed,
/// removed or moved. Whoever holds the private key can write *another* history, and a whole older copy of the
/// directory is a valid log: keep checkpoints elsewhere, and ask for a ``LogReader/consistencyProof(from:to:)``.
///
/// Several processes and threads may append to one directory; they take turns. A reader never waits. The lock is
/// a file beside the directory, named as it is, with `.lock`.
package final class Log: Sendable {
  let directory: LogDirectory
  let key: LogKey
  private let patience: Duration
  /// The greatest size that this value has seen.
  private let seen = Mutex<UInt64>(0)
  private let commits = GroupCommit()

  /// Opens a log, or makes an empty one where nothing is. Clears what a crashed append has left behind.
  /// - Parameters:
  ///   - directory: the log's directory; the ones above it are made too.
  ///   - patience: how long to wait while someone else appends.
  /// - Throws: ``LogError/noCheckpoint(directory:)`` for tiles without a checkpoint,
  ///   ``LogError/damaged(path:expected:found:)`` when the tiles do not give the signed root,
  ///   ``LogError/files(_:)``, and what ``LogVerifierKey/checkpoint(from:)`` throws for another log's key.
  package init(
    directory: String, key: consuming LogKey, patience: Duration = .seconds(30)
  ) throws(LogError) {
    self.directory = LogDirectory(directory)
    self.key = key
    self.patience = patience
    try files { () throws(FilesError) in try Directory.make(self.directory.path) }
    let lock = try takeTurn()
    defer { extendLifetime(lock) }
    if try self.directory.readCheckpoint() == nil { try begin() }
    let snapshot = try current()
    sweep(to: snapshot.checkpoint.size)
  }

  /// The public key, to publish.
  package var verifierKey: LogVerifierKey { key.verifier }

  /// A reader of the same log.
  package var reader: LogReader { LogReader(directory: directory.path, key: key.verifier) }

  /// Adds entries at the end, all or none. When it returns they are durable and signed for.
  ///
  /// The commit is the replacement of the checkpoint; what a crash leaves beyond it never counts. The cost is a
  /// constant number of syncs, whatever the number of entries: append what belongs together in one call. Threads that
  /// append at the same time share a commit.
  /// - Returns: the indices of the entries.
  /// - Throws: ``LogError/entryTooLarge(position:count:)`` before anything is written;
  ///   ``LogError/files(_:)``; ``LogError/damaged(path:expected:found:)`` rather than build on a changed log;
  ///   ``LogError/rolledBack(seen:found:)``.
  package func append(_ entries: [[UInt8]]) throws(LogError) -> Range<UInt64> {
    if let position = entries.firstIndex(where: { $0.count > EntryBundle.longestEntry }) {
      throw .entryTooLarge(position: position, count: entries[position].count)
    }
    return try commits.commit(entries) { batch throws(LogError) in try write(batch) }
  }

  /// Appends as one commit, and returns the index of the first entry.
  private func write(_ batch: [[UInt8]]) throws(LogError) -> UInt64 {
    let lock = try takeTurn()
    defer { extendLifetime(lock) }
    var snapshot = try current()
    let start = snapshot.checkpoint.size
    if batch.isEmpty { return start }
    var writer = try TileWriter(extending: &snapshot, in: directory)
    for entry in batch { try writer.add(entry) }
    let tree = try writer.finish()
    let checkpoint = Checkpoint(origin: key.name, size: tree.size, root: tree.root)
    try write(checkpoint)
    sweep(to: checkpoint.size, from: start)
    return start
  }

  /// Removes everything that interrupted appends have left, wherever it is, at a cost that grows with the log.
  /// - Throws: ``LogError``.
  package func clearStrays() throws(LogError) {
    let lock = try takeTurn()
    defer { extendLifetime(lock) }
    let layout = TileLayout(size: try current().checkpoint.size)
    try files { () throws(FilesError) in
      try LogSweep(directory: directory, layout: layout, isThorough: true).run()
    }
  }

  private func takeTurn() throws(LogError) -> FileLock {
    try files { () throws(FilesError) in
      try FileLock.acquire(directory.lockPath, purpose: "the log", waitingAtMost: patience)
    }
  }

  /// Signs for the empty tree, once there is nothing that could have been signed for before.
  private func begin() throws(LogError) {
    let leftovers = try files { () throws(FilesError) in try Directory.names(in: directory.path) }
    guard leftovers.allSatisfy({ $0.hasPrefix(DurableFile.temporaryPrefix) }) else {
      throw .noCheckpoint(directory: directory.path)
    }
    try write(Checkpoint(origin: key.name, size: 0, root: .empty))
  }

  private func current() throws(LogError) -> LogSnapshot {
    let snapshot = try LogSnapshot(of: directory, key: key.verifier)
    try note(snapshot.checkpoint.size)
    return snapshot
  }

  private func note(_ size: UInt64) throws(LogError) {
    let before = seen.withLock { seen in
      let before = seen
      seen = max(seen, size)
      return before
    }
    guard size >= before else { throw .rolledBack(seen: before, found: size) }
  }

  private func write(_ checkpoint: Checkpoint) throws(LogError) {
    let file = try key.sign(checkpoint)
    try files { () throws(FilesError) in
      try DurableFile.replace(directory.checkpointPath, with: file.span, mode: 0o644)
    }
    try note(checkpoint.size)
  }

  /// The entries are safe already: what cannot be removed now is removed after the next append.
  private func sweep(to size: UInt64, from before: UInt64? = nil) {
    try? LogSweep(
      directory: directory, layout: TileLayout(size: size), before: before.map(TileLayout.init(size:))
    ).run()
  }
}
