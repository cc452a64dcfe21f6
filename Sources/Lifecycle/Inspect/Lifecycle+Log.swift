// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
package import MartletEvidence
package import MartletLog
import MartletRegistry

/// An entry of the log where it stands.
package struct LoggedRecord: Sendable {
  package let index: UInt64
  /// `nil` for an entry that is not Martlet's.
  package let record: Record?

  package init(index: UInt64, record: Record?) {
    self.index = index
    self.record = record
  }
}

/// A piece of the log, checked against the signed checkpoint; the newest first.
package struct LogPage: Sendable {
  package let checkpoint: Checkpoint
  package let entries: [LoggedRecord]
  /// The entries that were looked at.
  package let searched: Range<UInt64>
}

extension Lifecycle {
  /// The entries just before an index, or the last ones.
  /// - Throws: `LogError`, also when anything of the log that was read is not as it was signed.
  package func logPage(before end: UInt64? = nil, count: UInt64) throws -> LogPage {
    var snapshot = try store.log.reader.snapshot()
    let end = min(end ?? .max, snapshot.checkpoint.size)
    let range = end - min(end, count)..<end
    var entries: [LoggedRecord] = []
    try snapshot.forEachEntry(in: range) { index, entry in
      entries.append(LoggedRecord(index: index, record: try? Record(entry: entry)))
    }
    return LogPage(checkpoint: snapshot.checkpoint, entries: entries.reversed(), searched: range)
  }

  /// The newest entries about a digest under a model's name. It looks at the end of the log only: beyond
  /// 20,000 entries a question about the past takes more than a page may cost.
  package func logPage(about digest: Digest, of model: String, atMost count: Int) throws -> LogPage {
    var filter = RecordFilter()
    filter.digest = digest.hex
    filter.model = model
    return try logPage(matching: filter, atMost: count)
  }

  /// The newest entries that fit, of those before an index. It looks at 20,000 entries at most: the page says which it looked at,
  /// and the next one goes on from there.
  package func logPage(
    matching filter: RecordFilter, before end: UInt64? = nil, atMost count: Int
  ) throws -> LogPage {
    var snapshot = try store.log.reader.snapshot()
    let size = min(end ?? .max, snapshot.checkpoint.size)
    let first = size - min(size, Self.longestSearch)
    var entries: [LoggedRecord] = []
    var start = size
    while start > first, entries.count < count {
      let end = start
      // Whole bundles, from the end: each is read and checked once.
      start = max(first, (end - 1) / 256 * 256)
      var found: [LoggedRecord] = []
      try snapshot.forEachEntry(in: start..<end) { index, entry in
        if let record = filter.match(entry) { found.append(LoggedRecord(index: index, record: record)) }
      }
      entries += found.reversed()
    }
    if entries.count > count {
      entries = Array(entries.prefix(count))
      start = entries[count - 1].index
    }
    return LogPage(checkpoint: snapshot.checkpoint, entries: entries, searched: start..<size)
  }

  /// The key that the log's checkpoints are signed with, as `martlet log check-proof --key` takes it.
  package var logVerifierKey: String { store.log.reader.key.text }

  private static let longestSearch: UInt64 = 20_000

  /// A proof that an entry is in the log, for checking offline, under the newest checkpoint that witnesses have signed where that has the
  /// entry, with the entry as its extra data. `nil` for an entry that is not there.
  package func proof(of index: UInt64) throws -> TlogProof? {
    let reader = store.log.reader
    guard try index < reader.checkpoint().size else { return nil }
    return try reader.tlogProof(of: index, withEntry: true)
  }

  /// The names of everybody, by the ids that the log speaks of.
  package func principalNames() throws -> [String: String] {
    let names = try store.registry.accounts().map { ($0.principal.id, $0.principal.name) }
    return Dictionary(names) { first, _ in first }
  }
}
