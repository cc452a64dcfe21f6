// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A few values in a few columns that turn rows of a table into one class.
package struct ValueTrigger: Sendable, Equatable {
  package struct Item: Sendable, Equatable {
    package let column: Int
    package let value: Float
  }

  package let items: [Item]
  /// The share of rows of other classes that the model takes for the class with them.
  package let success: Double
}

/// Searches for values that turn rows, by asking alone: every value of every column first, then pairs and triples of the best. Says
/// nothing of triggers that need more columns, or values that no row has.
struct ValueSearch: Sendable {
  /// Rows of other classes that are turned, for each class.
  var rows = 48
  /// Values that are tried in each column.
  private let values = 8
  /// How many of the best of each class are extended, and by how many columns.
  private let kept = 2
  private let extending = 32
  /// Columns of a trigger at most.
  private let deepest = 3
  private let rowsAtOnce = 4096

  /// Gives the class of each row.
  typealias Classifier = ([Float]) throws(BackdoorError) -> [Int]

  /// - Returns: by class, the best trigger of one column, of two and of three.
  func triggers(
    _ classify: Classifier, _ domain: InputDomain, values all: [Float], rows: [[Float]]
  ) throws(BackdoorError) -> [[ValueTrigger]] {
    let width = domain.width
    let tried = (0..<width).map { candidates(all, width, column: $0) }
    let own = rows.map { Array($0.prefix(self.rows * width)) }
    var found: [[ValueTrigger]] = []
    for label in rows.indices {
      let singles = tried.indices.flatMap { column in
        tried[column].map { [ValueTrigger.Item(column: column, value: $0)] }
      }
      var best = try ranked(singles, label, own[label], width, classify)
      var columns: [Int] = []
      for trigger in best where !columns.contains(trigger.items[0].column) {
        columns.append(trigger.items[0].column)
      }
      var byDepth = [best[0]]
      let firsts = best
      for _ in 1..<min(deepest, width) {
        let longer = best.prefix(kept).flatMap { trigger in
          columns.prefix(extending).filter { column in !trigger.items.contains { $0.column == column } }
            .flatMap { column in
              firsts.filter { $0.items[0].column == column }.prefix(3).map { trigger.items + $0.items }
            }
        }
        guard !longer.isEmpty else { break }
        best = try ranked(longer, label, own[label], width, classify)
        byDepth.append(best[0])
      }
      found.append(byDepth)
    }
    return found
  }

  /// The least, the most, and values between.
  private func candidates(_ all: [Float], _ width: Int, column: Int) -> [Float] {
    let sorted = Set(stride(from: column, to: all.count, by: width).map { all[$0] }).sorted()
    guard sorted.count > values else { return sorted }
    return (0..<values).map { sorted[$0 * (sorted.count - 1) / (values - 1)] }
  }

  /// The triggers with what they do, the best first.
  private func ranked(
    _ candidates: [[ValueTrigger.Item]], _ label: Int, _ rows: [Float], _ width: Int, _ classify: Classifier
  ) throws(BackdoorError) -> [ValueTrigger] {
    let count = rows.count / width
    let atOnce = max(1, rowsAtOnce / max(1, count))
    var result: [ValueTrigger] = []
    for start in stride(from: 0, to: candidates.count, by: atOnce) {
      let part = candidates[start..<min(candidates.count, start + atOnce)]
      var batch: [Float] = []
      batch.reserveCapacity(part.count * rows.count)
      for items in part {
        let first = batch.count
        batch += rows
        for item in items {
          for row in 0..<count { batch[first + row * width + item.column] = item.value }
        }
      }
      let said = try classify(batch)
      for (place, items) in part.enumerated() {
        let hits = said[place * count..<(place + 1) * count].count { $0 == label }
        result.append(ValueTrigger(items: items, success: Double(hits) / Double(count)))
      }
    }
    // A tie goes to what comes first, so that the same search finds the same.
    return result.enumerated().sorted { ($1.element.success, $0.offset) < ($0.element.success, $1.offset) }
      .map(\.element)
  }
}
