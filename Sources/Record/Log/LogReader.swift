// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletMerkle

/// Reads a log. It needs only the files and the public key, takes no lock, and never waits for a writer.
///
/// Every answer is checked against the signed checkpoint that is current when the verb is called. To ask several
/// things about the same state, take a ``snapshot()``.
package struct LogReader: Sendable {
  let directory: LogDirectory
  package let key: LogVerifierKey

  package init(directory: String, key: LogVerifierKey) {
    self.directory = LogDirectory(directory)
    self.key = key
  }

  /// The log as it is now.
  package func snapshot() throws(LogError) -> LogSnapshot {
    try LogSnapshot(of: directory, key: key)
  }

  /// The current checkpoint.
  package func checkpoint() throws(LogError) -> Checkpoint { try snapshot().checkpoint }

  /// The checkpoint file as it is on disk, signed, for handing to others.
  package func signedCheckpoint() throws(LogError) -> [UInt8] {
    guard let file = try directory.readCheckpoint() else { throw .noLog(directory: directory.path) }
    _ = try key.checkpoint(from: file)
    return file
  }

  /// The entry at an index.
  package func entry(at index: UInt64) throws(LogError) -> [UInt8] {
    var snapshot = try snapshot()
    return try snapshot.entry(at: index)
  }

  /// The entries of a range, all of them in memory; see ``LogSnapshot/forEachEntry(in:_:)`` for long ranges.
  package func entries(in range: Range<UInt64>) throws(LogError) -> [[UInt8]] {
    var snapshot = try snapshot()
    var entries: [[UInt8]] = []
    try snapshot.forEachEntry(in: range) { (_, entry) throws(LogError) in entries.append(entry) }
    return entries
  }

  /// The proof that an entry is in the log, of its current size or of an earlier one.
  package func inclusionProof(of index: UInt64, size: UInt64? = nil) throws(LogError) -> InclusionProof {
    var snapshot = try snapshot()
    return try snapshot.inclusionProof(of: index, size: size ?? snapshot.checkpoint.size)
  }

  /// The proof that the log of one size begins with all of the log of an earlier size.
  package func consistencyProof(from: UInt64, to: UInt64? = nil) throws(LogError) -> ConsistencyProof {
    var snapshot = try snapshot()
    return try snapshot.consistencyProof(from: from, to: to ?? snapshot.checkpoint.size)
  }
}
