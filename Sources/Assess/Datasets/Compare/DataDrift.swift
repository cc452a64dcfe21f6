// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Whether the values of a dataset are still those of a reference, column by column.
package struct DataDrift: Sendable {
  package enum Test: String, Codable, Sendable {
    case kolmogorovSmirnov = "KS"
    case chiSquare = "chi-square"
    /// Chi-square of how many values are missing.
    case missing = "missing"
  }

  package struct Line: Sendable {
    package let column: String
    package let test: Test
    package let statistic: Double
    package let p: Double
    /// The share of false alarms among all columns that have to be put up with to call this one.
    package let adjusted: Double
    /// The largest gap between the distributions, or Cramér's V: from 0 to 1.
    package let effect: Double
    package let before: String
    package let now: String
    package let isDrifted: Bool
  }

  /// The columns in which the two differ most come first.
  package let lines: [Line]
  package let changes: [DataChanges.ColumnChange]
  package let rows: (before: Int, now: Int)
  package let alpha: Double
  /// How many rows of each were compared, where not all were.
  package let sampled: (before: Int, now: Int)

  package var drifted: [Line] { lines.filter(\.isDrifted) }
  package var isEmpty: Bool { drifted.isEmpty && changes.isEmpty }

  /// The most rows of each that are compared by their values.
  package static let mostRows = 20_000
  /// A column of numbers with at most so many values is one of classes.
  private static let fewValues = 20

  /// - Parameter alpha: the share of columns called that may be false alarms (Benjamini and Hochberg 1995).
  /// - Throws: ``DataError``.
  package init(
    from reference: String, to new: String, options: ReadingOptions, alpha: Double,
    progress: (Int) -> Void = { _ in }
  ) throws(DataError) {
    var wants = DataPass.Options()
    wants.sample = Self.mostRows
    wants.nanIsMissing = options.nanIsMissing
    func pass(_ path: String) throws(DataError) -> DataPass {
      try naming(path) { () throws(DataError) in
        try DataPass(DataFile(path, options).source, wants, progress: progress)
      }
    }
    let (before, now) = (try pass(reference), try pass(new))
    var found: [(column: String, test: Test, outcome: TwoSample.Outcome, before: String, now: String)] = []
    var changes = DataChanges()
    changes.compare(before.columns, now.columns)
    self.changes = changes.columns
    for (index, column) in before.columns.enumerated() {
      guard
        let other = now.columns.firstIndex(where: { $0.name == column.name && $0.typeText == column.typeText }
        )
      else { continue }
      let (a, b) = (before.tallies[index], now.tallies[other])
      let (left, right) = (before.summaries[index], now.summaries[other])
      if a.missing + b.missing > 0,
        let outcome = TwoSample.chiSquare([a.missing, a.count], [b.missing, b.count])
      {
        found.append((column.name, .missing, outcome, "\(a.missing) missing", "\(b.missing) missing"))
      }
      guard a.count > 0, b.count > 0 else { continue }
      let few = [left, right].allSatisfy { ($0.values?.count ?? .max) <= Self.fewValues }
      if column.kind.isNumber, !few {
        found += Self.numbers(column, before, index, now, other)
      } else if let outcome = Self.classes(a, b) {
        found.append((column.name, .chiSquare, outcome, Self.most(left), Self.most(right)))
      }
    }
    let adjusted = TwoSample.adjusted(found.map(\.outcome.p))
    lines = zip(found, adjusted).map { line, adjusted in
      Line(
        column: line.column, test: line.test, statistic: line.outcome.statistic, p: line.outcome.p,
        adjusted: adjusted, effect: line.outcome.effect, before: line.before, now: line.now,
        isDrifted: adjusted <= alpha)
    }.sorted { ($0.adjusted, -$0.effect, $0.column) < ($1.adjusted, -$1.effect, $1.column) }
    rows = (before.rowCount, now.rowCount)
    sampled = (before.sample.count, now.sample.count)
    self.alpha = alpha
  }

  /// Column by column; of an array, element by element.
  private static func numbers(
    _ column: Column, _ before: DataPass, _ index: Int, _ now: DataPass, _ other: Int
  ) -> [(column: String, test: Test, outcome: TwoSample.Outcome, before: String, now: String)] {
    guard column.elements <= RowSample.mostElements else { return [] }
    let (start, otherStart) = (before.sampleStart(of: index), now.sampleStart(of: other))
    return (0..<column.elements).compactMap { element in
      let a = DataPass.numbers(before.sample, start + element..<start + element + 1)
      let b = DataPass.numbers(now.sample, otherStart + element..<otherStart + element + 1)
      guard !a.isEmpty, !b.isEmpty else { return nil }
      let name = column.shape.map { "\(column.name)\(Self.place(element, in: $0))" } ?? column.name
      return (
        name, .kolmogorovSmirnov, TwoSample.kolmogorovSmirnov(a, b), "mean \(Self.mean(a))",
        "mean \(Self.mean(b))"
      )
    }
  }

  private static func place(_ element: Int, in shape: [Int]) -> String {
    var rest = element
    var place: [Int] = []
    for size in shape.reversed() {
      place.append(rest % size)
      rest /= size
    }
    return "[" + place.reversed().map(String.init).joined(separator: ",") + "]"
  }

  private static func mean(_ values: [Double]) -> String {
    Cell.number(Double(Float(values.reduce(0, +) / Double(values.count)))).text
  }

  private static func most(_ summary: ColumnSummary) -> String {
    guard let value = summary.values?.first else { return "many values" }
    return "\(value.value) in \(value.count) of \(summary.count)"
  }

  private static func classes(_ a: ColumnTally, _ b: ColumnTally) -> TwoSample.Outcome? {
    guard let left = a.values, let right = b.values else { return TwoSample.chiSquare(a.buckets, b.buckets) }
    let keys = Set(left.keys).union(right.keys).sorted()
    return TwoSample.chiSquare(keys.map { left[$0]?.count ?? 0 }, keys.map { right[$0]?.count ?? 0 })
  }
}

extension DataPass {
  /// Where the numbers of a column begin in a sampled row.
  func sampleStart(of column: Int) -> Int {
    columns[..<column].reduce(0) { $0 + ($1.elements <= RowSample.mostElements ? $1.elements : 0) }
  }
}
