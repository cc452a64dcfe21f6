// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import Foundation
package import MartletMerkle
import Synchronization

/// One pass over all rows of a dataset, on all cores, with a few blocks in memory.
package struct DataPass: Sendable {
  package struct Options: Sendable {
    /// Whether statistics are kept.
    package var describes = true
    /// Whether the tags of each row are made.
    package var tags = false
    package var nanIsMissing = false
    /// How many rows at most the quantiles are of.
    package var sample = 4_096

    package init() {}
  }

  package let rowCount: Int
  /// Bytes of the canonical form of all rows.
  package let byteCount: Int
  package let tree: TreeBuilder
  package let columns: [Column]
  package let summaries: [ColumnSummary]
  let tallies: [ColumnTally]
  let sample: [RowSample.Entry]

  /// - Parameters:
  ///   - visit: gets the digests and tags of some rows, in their order.
  ///   - progress: gets the number of rows so far.
  /// - Throws: ``DataError``.
  package init(
    _ source: any RowSource, _ options: Options = .init(),
    progress: (Int) -> Void = { _ in },
    visit: ([TreeHash], [UInt16]) throws(DataError) -> Void = { (_, _) throws(DataError) in }
  ) throws(DataError) {
    let cores = max(1, ProcessInfo.processInfo.activeProcessorCount)
    let schema = source.columns
    var tree = TreeBuilder()
    var tallies = schema.map { ColumnTally(counting: BlockTally.isCounted($0, of: schema.count)) }
    var sample = RowSample(options.sample, schema)
    var (rows, byteCount) = (0, 0)
    var types = schema
    while true {
      var batch: [RowBlock] = []
      while batch.count < 4 * cores, let block = try source.next() { batch.append(block) }
      guard !batch.isEmpty else { break }
      types = source.columns
      for block in batch {
        byteCount += block.byteCount
      }
      let made = try Self.tallies(
        batch, types, options, threshold: options.describes ? sample.threshold : nil, cores: cores)
      for (block, tally) in zip(batch, made) {
        block.release()
        rows += tally.rows
        tree.append(tally.digests)
        try visit(tally.digests, tally.tags)
        guard options.describes else { continue }
        for (index, column) in tally.columns.enumerated() {
          // What began as a column of nothing may have turned out to be one of values.
          if tallies[index].buckets.isEmpty, !column.buckets.isEmpty, tallies[index].count == 0 {
            let missing = tallies[index].missing
            tallies[index] = ColumnTally(counting: true)
            tallies[index].missing = missing
          }
          tallies[index].merge(column)
        }
        sample.add(tally.sampled)
      }
      progress(rows)
    }
    guard rows > 0 else { throw .notData(reason: "expected at least one row, found none") }
    let entries = sample.finish()
    (rowCount, self.byteCount, self.tree, columns) = (rows, byteCount, tree, types)
    (self.tallies, self.sample) = (tallies, entries)
    summaries =
      options.describes ? Self.summaries(types, tallies, entries) : []
  }

  private static func tallies(
    _ blocks: [RowBlock], _ schema: [Column], _ options: Options, threshold: UInt64?, cores: Int
  ) throws(DataError) -> [BlockTally] {
    let tags = options.tags ? RowTags(columns: schema.count) : nil
    let made = Mutex(
      (next: 0, tallies: [BlockTally?](repeating: nil, count: blocks.count), failure: (Int, DataError)?.none))
    DispatchQueue.concurrentPerform(iterations: min(cores, blocks.count)) { _ in
      while true {
        let index = made.withLock { state -> Int? in
          guard state.next < blocks.count else { return nil }
          defer { state.next += 1 }
          return state.next
        }
        guard let index else { return }
        do throws(DataError) {
          let tally = try BlockTally(
            blocks[index], schema, tags: tags, sample: threshold, nanIsMissing: options.nanIsMissing)
          made.withLock { $0.tallies[index] = tally }
        } catch {
          // The first of several is told, whichever core was quicker.
          made.withLock { state in
            if state.failure.map({ index < $0.0 }) ?? true { state.failure = (index, error) }
          }
        }
      }
    }
    return try made.withLock { state throws(DataError) in
      if let failure = state.failure { throw failure.1 }
      return state.tallies.map { $0! }
    }
  }

  private static func summaries(
    _ columns: [Column], _ tallies: [ColumnTally], _ sample: [RowSample.Entry]
  ) -> [ColumnSummary] {
    var at = 0
    return zip(columns, tallies).map { column, tally in
      guard column.elements <= RowSample.mostElements else {
        return ColumnSummary(column, tally, sample: [])
      }
      defer { at += column.elements }
      let numbers = column.kind.isNumber ? Self.numbers(sample, at..<at + column.elements) : []
      return ColumnSummary(column, tally, sample: numbers)
    }
  }

  /// The numbers of some elements in all sampled rows, without what is missing.
  static func numbers(_ sample: [RowSample.Entry], _ elements: Range<Int>) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(sample.count * elements.count)
    for entry in sample {
      for element in elements {
        let value = entry.values[element]
        if !value.isNaN { numbers.append(Double(value)) }
      }
    }
    return numbers
  }
}
