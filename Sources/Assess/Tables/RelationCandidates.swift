// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Relations that hold in every row and are not there by chance as far as the data can tell: sums, products and orders of columns
/// that are numbers.
struct RelationCandidates {
  private(set) var texts: [String] = []
  private let table: Table
  private let columns: [ColumnFacts]

  /// The fewest rows that say anything, the most columns and values of pairs that are compared, and the most candidates.
  private static let (fewestRows, mostColumns, mostValues, mostTexts) = (20, 256, 2_000_000_000, 50)

  init(_ table: Table, _ columns: [ColumnFacts]) {
    (self.table, self.columns) = (table, columns)
    guard table.rowCount >= Self.fewestRows else { return }
    let most = min(Self.mostColumns, Int(Double(Self.mostValues / table.rowCount).squareRoot()))
    let numbers = columns.indices.filter { columns[$0].distinct >= 10 }.prefix(most)
    addEqualities(Array(numbers))
    addOrders(Array(numbers))
    texts = Array(texts.prefix(Self.mostTexts))
  }

  private func value(_ row: Int, _ column: Int) -> Double { table.values[row * table.width + column] }

  private func name(_ column: Int) -> String { SchemaText.relationName(table.names[column]) }

  /// `a == b + c` and `a == b * c`, the latter also where it was computed as a ratio. Looked up in the row whose values differ most
  /// from each other, and then held against all rows.
  private mutating func addEqualities(_ numbers: [Int]) {
    let sample = (0..<min(table.rowCount, 50)).max { spread($0, numbers) < spread($1, numbers) } ?? 0
    let sorted = numbers.map { (value: value(sample, $0), column: $0) }.sorted { $0.value < $1.value }
    var told: Set<Int> = []
    for (index, b) in numbers.enumerated() {
      for c in numbers[index...] {
        for isSum in [true, false] {
          let (left, right) = (value(sample, b), value(sample, c))
          let wanted = isSum ? left + right : left * right
          guard wanted != 0, left != 0, right != 0 else { continue }
          for a in Self.near(wanted, in: sorted) where a != b && a != c && !told.contains(a) {
            let holds = (0..<table.rowCount).allSatisfy { row in
              let (x, y) = (value(row, b), value(row, c))
              let result = isSum ? x + y : x * y
              return abs(value(row, a) - result) <= 1e-6 * max(abs(result), abs(x), abs(y))
            }
            guard holds else { continue }
            told.insert(a)
            texts.append(isSum ? "\(name(a)) == \(name(b)) + \(name(c))" : product(a, b, c))
          }
        }
      }
    }
  }

  /// `a == b * c`, solved for what is no whole number and so was computed from two that are.
  private func product(_ a: Int, _ b: Int, _ c: Int) -> String {
    if columns[a].isWhole, columns[b].isWhole != columns[c].isWhole {
      let (ratio, divisor) = columns[b].isWhole ? (c, b) : (b, c)
      return "\(name(ratio)) == \(name(a)) / \(name(divisor))"
    }
    return "\(name(a)) == \(name(b)) * \(name(c))"
  }

  private func spread(_ row: Int, _ numbers: [Int]) -> Int { Set(numbers.map { value(row, $0) }).count }

  /// The columns whose value lies next to `wanted`.
  private static func near(_ wanted: Double, in sorted: [(value: Double, column: Int)]) -> [Int] {
    let slack = 1e-6 * abs(wanted)
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].value < wanted - slack { low = middle + 1 } else { high = middle }
    }
    return sorted[low...].prefix { $0.value <= wanted + slack }.prefix(8).map(\.column)
  }

  /// `a <= b` between columns of one scale that have a word in common or are equal in some row. What follows from two others is
  /// left out.
  private mutating func addOrders(_ numbers: [Int]) {
    var orders: [Int: Set<Int>] = [:]
    for a in numbers {
      for b in numbers where a != b && isOrder(a, b) { orders[a, default: []].insert(b) }
    }
    for a in numbers {
      for b in (orders[a] ?? []).sorted() {
        let follows = (orders[a] ?? []).contains { $0 != b && orders[$0]?.contains(b) == true }
        if !follows { texts.append("\(name(a)) <= \(name(b))") }
      }
    }
  }

  private func isOrder(_ a: Int, _ b: Int) -> Bool {
    let (first, second) = (columns[a], columns[b])
    let overlap = min(first.high, second.high) - max(first.low, second.low)
    let (wide, narrow) = (
      max(first.high - first.low, second.high - second.low),
      min(first.high - first.low, second.high - second.low)
    )
    guard overlap >= narrow / 2, narrow >= wide / 100 else { return false }
    var ties = 0
    for row in 0..<table.rowCount {
      let (x, y) = (value(row, a), value(row, b))
      guard x <= y else { return false }
      if x == y { ties += 1 }
    }
    let areEqual = ties == table.rowCount
    return !areEqual && (ties > 0 || !Self.words(table.names[a]).isDisjoint(with: Self.words(table.names[b])))
  }

  private static func words(_ name: String) -> Set<Substring> {
    Set(name.lowercased().split { !$0.isLetter }.filter { $0.count > 2 })
  }
}
