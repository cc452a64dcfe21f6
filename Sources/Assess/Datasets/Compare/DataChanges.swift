// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How a dataset differs from what it was, or from another.
package struct DataChanges: Codable, Equatable, Sendable {
  /// What became of a cell.
  package struct CellChange: Codable, Equatable, Sendable {
    package let column: String
    /// What stood there; nil where nobody has it any more.
    package let before: String?
    package let now: String?

    package init(column: String, before: String?, now: String?) {
      (self.column, self.before, self.now) = (column, before, now)
    }
  }

  package struct RowChange: Codable, Equatable, Sendable {
    /// Its place before, counted from 0.
    package let before: Int
    package let now: Int
    /// Empty where the tags do not tell which.
    package let cells: [CellChange]
  }

  package struct Move: Codable, Equatable, Sendable {
    package let before: Int
    package let now: Int

    package init(before: Int, now: Int) { (self.before, self.now) = (before, now) }
  }

  package struct ColumnChange: Codable, Equatable, Sendable {
    package let column: String
    /// The type; nil where there was no such column.
    package let before: String?
    package let now: String?
  }

  package var columns: [ColumnChange] = []
  /// What is in the files beside the rows.
  package var attachments: [ColumnChange] = []
  package var changed: [RowChange] = []
  package var removed: [Int] = []
  package var added: [Int] = []
  package var moved: [Move] = []
  /// Whether rows could not be compared, and why.
  package var note: String?
  /// How many there are of each, as lists end after ``mostListed``.
  package var changedCount = 0
  package var removedCount = 0
  package var addedCount = 0
  package var movedCount = 0
  /// By column, how many cells changed.
  package var changedCells: [String: Int] = [:]

  /// The most rows of one kind that are listed.
  package static let mostListed = 10_000

  package init() {}

  package var isEmpty: Bool {
    columns.isEmpty && attachments.isEmpty && note == nil
      && changedCount + removedCount + addedCount + movedCount == 0
  }

  mutating func compare(_ old: [Column], _ new: [Column]) {
    let (before, now) = (
      Dictionary(uniqueKeysWithValues: old.map { ($0.name, $0) }),
      Dictionary(uniqueKeysWithValues: new.map { ($0.name, $0) })
    )
    for column in old where now[column.name].map({ $0.typeText != column.typeText }) ?? true {
      columns.append(
        ColumnChange(column: column.name, before: column.typeText, now: now[column.name]?.typeText))
    }
    for column in new where before[column.name] == nil {
      columns.append(ColumnChange(column: column.name, before: nil, now: column.typeText))
    }
  }

  mutating func compare(_ old: [String: String], _ new: [String: String]) {
    for name in Set(old.keys).union(new.keys).sorted() where old[name] != new[name] {
      attachments.append(ColumnChange(column: name, before: old[name], now: new[name]))
    }
  }

  /// Takes over what an alignment says.
  /// - Parameter cells: says what became of the cells of a pair of rows, with the places of the tags that differ.
  mutating func take(
    _ alignment: RowAlignment, cells: (_ old: Int, _ new: Int) throws(DataError) -> [CellChange]
  ) throws(DataError) {
    changedCount = alignment.changed.count
    (removedCount, addedCount) = (alignment.removed.count, alignment.added.count)
    movedCount = alignment.moved.count
    removed = Array(alignment.removed.prefix(Self.mostListed))
    added = Array(alignment.added.prefix(Self.mostListed))
    moved = alignment.moved.prefix(Self.mostListed).map { Move(before: $0.old, now: $0.new) }
    for pair in alignment.changed.prefix(Self.mostListed) {
      let cells = try cells(pair.old, pair.new)
      for cell in cells { changedCells[cell.column, default: 0] += 1 }
      changed.append(RowChange(before: pair.old, now: pair.new, cells: cells))
    }
  }
}
