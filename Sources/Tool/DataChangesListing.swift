// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletDatasets

/// What became of a dataset, for a terminal.
struct DataChangesListing {
  private let changes: DataChanges

  /// Lines of one kind.
  private static let most = 20

  init(_ changes: DataChanges) { self.changes = changes }

  func say() {
    for column in changes.columns {
      switch (column.before, column.now) {
      case (let before?, nil): Terminal.say("column    \(column.column) (\(before)) is gone")
      case (nil, let now?): Terminal.say("column    \(column.column) (\(now)) is new")
      case (let before, let now):
        Terminal.say("column    \(column.column) was \(before ?? "nothing") and is \(now ?? "nothing")")
      }
    }
    for item in changes.attachments {
      Terminal.say(
        "array     \(item.column) \(item.before == nil ? "is new" : item.now == nil ? "is gone" : "was changed")"
      )
    }
    if let note = changes.note { Terminal.say("note      \(note)") }
    for row in changes.changed.prefix(Self.most) {
      let place = row.before == row.now ? "row \(row.now)" : "row \(row.now), before \(row.before)"
      Terminal.say("changed   \(place): \(Self.words(row.cells))")
    }
    more(changes.changedCount, "changed")
    list(changes.added, changes.addedCount, "added")
    list(changes.removed, changes.removedCount, "removed")
    for move in changes.moved.prefix(Self.most) {
      Terminal.say("moved     row \(move.before) to row \(move.now)")
    }
    more(changes.movedCount, "moved")
    guard changes.changedCount > 1, !changes.changedCells.isEmpty else { return }
    let columns = changes.changedCells.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let words = columns.prefix(Self.most).map { "\($0.key) in \($0.value)" }.joined(separator: ", ")
    Terminal.say("columns   \(words)" + (columns.count > Self.most ? ", …" : ""))
  }

  private static func words(_ cells: [DataChanges.CellChange]) -> String {
    if cells.isEmpty { return "in columns that its tags do not tell" }
    let shown = cells.prefix(5).map { cell in
      switch (cell.before, cell.now) {
      case (let before?, let now?): "\(cell.column) from \(before) to \(now)"
      case (_, let now): "\(cell.column)" + (now.map { ", now \($0)" } ?? "")
      }
    }
    return shown.joined(separator: "; ") + (cells.count > 5 ? "; and \(cells.count - 5) more columns" : "")
  }

  private func list(_ rows: [Int], _ count: Int, _ word: String) {
    guard count > 0 else { return }
    let shown = Self.ranges(rows).prefix(Self.most).joined(separator: ", ")
    Terminal.say(
      "\(word.padding(to: 8))  row\(count == 1 ? "" : "s") \(shown)" + (count > 1 ? " (\(count) in all)" : "")
    )
  }

  private func more(_ count: Int, _ word: String) {
    if count > Self.most { Terminal.say("\(word.padding(to: 8))  and \(count - Self.most) rows more") }
  }

  /// Neighbouring rows as one.
  private static func ranges(_ rows: [Int]) -> [String] {
    var ranges: [ClosedRange<Int>] = []
    for row in rows {
      if let last = ranges.last, last.upperBound == row - 1 {
        ranges[ranges.count - 1] = last.lowerBound...row
      } else {
        ranges.append(row...row)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)" }
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
