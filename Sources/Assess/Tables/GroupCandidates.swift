// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// One-hot groups: neighbouring columns of zeros and ones of which exactly one is 1 in every row.
struct GroupCandidates {
  /// The name of the group by the place of each member.
  private(set) var groups: [Int: String] = [:]

  /// The most columns of one group.
  private static let longest = 4_096

  init(_ table: Table, _ columns: [ColumnFacts]) {
    var used: Set<String> = []
    var start = 0
    while start < columns.count {
      guard let end = Self.end(table, columns, from: start) else {
        start += 1
        continue
      }
      let name = Self.name(Array(table.names[start..<end]), isFree: { !used.contains($0) })
      used.insert(name)
      for place in start..<end { groups[place] = name }
      start = end
    }
  }

  /// Where the group ends that begins at `start`; nil when none does. A group takes in columns that are always 0 where they have
  /// the same prefix.
  private static func end(_ table: Table, _ columns: [ColumnFacts], from start: Int) -> Int? {
    var sums = [UInt8](repeating: 0, count: table.rowCount)
    var missing = table.rowCount
    var end = start
    while end < columns.count, end - start < longest, missing > 0 {
      guard columns[end].isBit, columns[end].high == 1 || end > start else { return nil }
      for row in 0..<table.rowCount where table.values[row * table.width + end] == 1 {
        guard sums[row] == 0 else { return nil }
        sums[row] = 1
        missing -= 1
      }
      end += 1
    }
    guard missing == 0, end - start >= 2 else { return nil }
    let prefix = commonPrefix(Array(table.names[start..<end]))
    while !prefix.isEmpty, end < columns.count, columns[end].isBit, columns[end].high == 0,
      table.names[end].hasPrefix(prefix)
    {
      end += 1
    }
    return end
  }

  private static func name(_ names: [String], isFree: (String) -> Bool) -> String {
    var prefix = commonPrefix(names)[...]
    while let last = prefix.last, !last.isLetter, !last.isNumber { prefix.removeLast() }
    let base = prefix.isEmpty ? "group" : String(prefix)
    if isFree(base) { return base }
    var number = 2
    while !isFree("\(base)_\(number)") { number += 1 }
    return "\(base)_\(number)"
  }

  private static func commonPrefix(_ names: [String]) -> String {
    guard var prefix = names.first else { return "" }
    for name in names.dropFirst() { prefix = prefix.commonPrefix(with: name) }
    return prefix
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
