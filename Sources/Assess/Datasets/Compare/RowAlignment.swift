// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletMerkle

/// Which rows of one dataset are which of another, by their digests: what is the same, what was changed, added, removed or moved.
struct RowAlignment: Sendable {
  /// Pairs of an old and a new row that are not the same.
  private(set) var changed: [(old: Int, new: Int)] = []
  private(set) var removed: [Int] = []
  private(set) var added: [Int] = []
  /// Rows that are the same and stand elsewhere among the others.
  private(set) var moved: [(old: Int, new: Int)] = []

  var isEmpty: Bool { changed.isEmpty && removed.isEmpty && added.isEmpty && moved.isEmpty }

  private let old: RowRecords
  private let new: RowRecords

  /// Beyond so many rows between the first and the last difference, rows are compared by their places alone.
  private static let mostAligned = 4 << 20
  /// Rows on a side of a gap that are compared with each other.
  private static let mostCompared = 256

  init(_ old: RowRecords, _ new: RowRecords) {
    (self.old, self.new) = (old, new)
    var start = 0
    let common = min(old.count, new.count)
    while start < common, old.digest(start) == new.digest(start) { start += 1 }
    var tail = 0
    while tail < common - start, old.digest(old.count - 1 - tail) == new.digest(new.count - 1 - tail) {
      tail += 1
    }
    let (oldRange, newRange) = (start..<old.count - tail, start..<new.count - tail)
    guard !oldRange.isEmpty || !newRange.isEmpty else { return }
    if oldRange.count == newRange.count || max(oldRange.count, newRange.count) > Self.mostAligned {
      let differing = zip(oldRange, newRange).filter { old.digest($0) != new.digest($1) }
      // Rows that were changed where they stand leave others as they are.
      if 2 * differing.count <= oldRange.count + 1 || max(oldRange.count, newRange.count) > Self.mostAligned {
        changed = differing.map { ($0, $1) }
        removed = Array(oldRange.dropFirst(newRange.count))
        added = Array(newRange.dropFirst(oldRange.count))
        findMoved()
        return
      }
    }
    align(oldRange, newRange)
    findMoved()
  }

  /// Rows that occur once on both sides hold the others in place, as far as they are in the same order (the longest such chain).
  private mutating func align(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
    var places: [TreeHash: (old: Int, new: Int)] = [:]
    var repeated: Set<TreeHash> = []
    for row in oldRange {
      let digest = old.digest(row)
      if places.updateValue((row, -1), forKey: digest) != nil { repeated.insert(digest) }
    }
    for row in newRange {
      let digest = new.digest(row)
      guard let place = places[digest] else { continue }
      if place.new >= 0 { repeated.insert(digest) } else { places[digest]!.new = row }
    }
    let anchors = places.filter { $0.value.new >= 0 && !repeated.contains($0.key) }.map(\.value)
      .sorted { $0.old < $1.old }
    var (oldAt, newAt) = (oldRange.lowerBound, newRange.lowerBound)
    for anchor in Self.longestChain(anchors) + [(oldRange.upperBound, newRange.upperBound)] {
      gap(oldAt..<anchor.old, newAt..<anchor.new)
      (oldAt, newAt) = (anchor.old + 1, anchor.new + 1)
    }
  }

  /// The longest rising chain of the new places (Fredman 1975).
  private static func longestChain(_ anchors: [(old: Int, new: Int)]) -> [(old: Int, new: Int)] {
    var ends: [Int] = []
    var before = [Int](repeating: -1, count: anchors.count)
    for (index, anchor) in anchors.enumerated() {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if anchors[ends[middle]].new < anchor.new { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var chain: [(old: Int, new: Int)] = []
    var at = ends.last ?? -1
    while at >= 0 {
      chain.append(anchors[at])
      at = before[at]
    }
    return chain.reversed()
  }

  /// Rows between two that are the same. Pairs those that are most alike, in order.
  private mutating func gap(_ oldRows: Range<Int>, _ newRows: Range<Int>) {
    guard !oldRows.isEmpty else { return added += newRows }
    guard !newRows.isEmpty else { return removed += oldRows }
    guard oldRows.count <= Self.mostCompared, newRows.count <= Self.mostCompared else {
      let pairs = zip(oldRows, newRows).filter { old.digest($0) != new.digest($1) }
      changed += pairs.map { ($0, $1) }
      removed += oldRows.dropFirst(newRows.count)
      added += newRows.dropFirst(oldRows.count)
      return
    }
    // The cheapest way from the beginning to the end: a row that is left out costs 3, a changed one the share of it that
    // changed times 5, so that what has little in common is two rows and not one.
    let (height, width) = (oldRows.count + 1, newRows.count + 1)
    var cost = [Double](repeating: 0, count: height * width)
    func pair(_ row: Int, _ column: Int) -> Double {
      let (a, b) = (oldRows.lowerBound + row, newRows.lowerBound + column)
      if old.digest(a) == new.digest(b) { return 0 }
      guard old.tagCount > 0, old.tagCount == new.tagCount else { return 5 }
      return 1 + 5 * Double(old.differing(a, new, b).count) / Double(old.tagCount)
    }
    for row in 0..<height {
      for column in 0..<width {
        guard row + column > 0 else { continue }
        var best = Double.infinity
        if row > 0 { best = cost[(row - 1) * width + column] + 3 }
        if column > 0 { best = min(best, cost[row * width + column - 1] + 3) }
        if row > 0, column > 0 {
          best = min(best, cost[(row - 1) * width + column - 1] + pair(row - 1, column - 1))
        }
        cost[row * width + column] = best
      }
    }
    var (row, column) = (height - 1, width - 1)
    while row > 0 || column > 0 {
      let here = cost[row * width + column]
      if row > 0, column > 0, here == cost[(row - 1) * width + column - 1] + pair(row - 1, column - 1) {
        (row, column) = (row - 1, column - 1)
        let (a, b) = (oldRows.lowerBound + row, newRows.lowerBound + column)
        if old.digest(a) != new.digest(b) { changed.append((a, b)) }
      } else if row > 0, here == cost[(row - 1) * width + column] + 3 {
        row -= 1
        removed.append(oldRows.lowerBound + row)
      } else {
        column -= 1
        added.append(newRows.lowerBound + column)
      }
    }
  }

  /// What was removed in one place and added in another has moved.
  private mutating func findMoved() {
    var waiting: [TreeHash: [Int]] = [:]
    for row in removed.sorted(by: >) { waiting[old.digest(row), default: []].append(row) }
    var gone: Set<Int> = []
    added = added.sorted().filter { row in
      guard let from = waiting[new.digest(row)]?.popLast() else { return true }
      gone.insert(from)
      moved.append((from, row))
      return false
    }
    removed = removed.filter { !gone.contains($0) }.sorted()
    changed.sort { $0.new < $1.new }
  }
}
