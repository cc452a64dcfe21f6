// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletEvidence
import MartletMerkle
package import MartletReport

/// What the columns of a dataset have in them: for people as a page, and as JSON for whoever checks requests against it.
package struct DataProfile: Codable, Sendable {
  /// The form of the file.
  package let version: Int
  package let name: String
  package let format: DataFormat
  package let rows: Int
  /// The digest that a manifest of the same data has.
  package let digest: Digest
  package let columns: [ColumnSummary]

  enum CodingKeys: String, CodingKey { case version, name, format, rows, digest, columns }

  /// What the page shows and the file does not have.
  private var plots: [String: [Double]] = [:]
  private var means: [String: (shape: [Int], values: [Float])] = [:]

  private static let mostPlotted = 200

  /// - Throws: ``DataError``.
  package init(_ path: String, options: ReadingOptions, progress: (Int) -> Void = { _ in }) throws(DataError)
  {
    let file = try DataFile(path, options)
    var wants = DataPass.Options()
    wants.nanIsMissing = options.nanIsMissing
    let pass = try DataPass(file.source, wants, progress: progress)
    (version, name, format, rows) = (1, file.name, file.format, pass.rowCount)
    digest =
      DataManifest(
        at: Date(timeIntervalSince1970: 0), format: format, rows: rows,
        root: Digest(bytes: pass.rootBytes), columns: pass.columns, attachments: file.source.attachments,
        nanIsMissing: options.nanIsMissing, rowFile: nil, statistics: [], parent: nil
      ).digest
    columns = pass.summaries
    for (index, column) in pass.columns.enumerated().prefix(Self.mostPlotted) where column.kind.isNumber {
      guard column.elements <= RowSample.mostElements else { continue }
      let start = pass.sampleStart(of: index)
      plots[column.name] = DataPass.numbers(pass.sample, start..<start + column.elements)
      guard let shape = column.shape, !pass.sample.isEmpty else { continue }
      var sums = [Float](repeating: 0, count: column.elements)
      for entry in pass.sample {
        for element in sums.indices { sums[element] += entry.values[start + element] }
      }
      let summary = columns[index]
      let (low, high) = (Float(summary.low ?? 0), Float(summary.high ?? 1))
      let scale = Float(pass.sample.count) * max(high - low, .leastNormalMagnitude)
      means[column.name] = (shape, sums.map { ($0 - low * Float(pass.sample.count)) / scale })
    }
  }

  package func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Finite numbers and texts: there is nothing in it that could fail to encode.
    return Array(try! encoder.encode(self))
  }

  /// Columns that somebody should look at, with why.
  package var remarks: [(column: String, remark: String)] {
    columns.flatMap { column -> [(String, String)] in
      var found: [(String, String)] = []
      let total = column.count + column.missing
      if column.count == 0 { found.append((column.name, "nothing is ever in it")) }
      if column.missing > 0, column.count > 0 {
        found.append((column.name, "missing in \(column.missing) of \(total) rows"))
      }
      if column.count > 0, column.low != nil && column.low == column.high || column.values?.count == 1 {
        found.append((column.name, "always the same"))
      }
      return found
    }
  }

  package var page: ReportPage {
    let remarks = remarks
    var page = ReportPage(
      title: "Profile of \(name)", word: "\(rows) rows", tone: .plain,
      lead:
        "\(columns.count) column\(columns.count == 1 ? "" : "s"), \(format.rawValue). Ranges are of all rows; points between them, and the pictures, of at most 4,096 rows picked by their digests.",
      figures: [
        .init("\(rows)", "rows"), .init("\(columns.count)", "columns"),
        .init("\(columns.reduce(0) { $0 + $1.missing })", "missing values"),
      ])
    if !remarks.isEmpty {
      page.add(
        "To look at",
        .table(
          head: ["column", "remark"], rows: remarks.prefix(100).map { [.init($0.column), .init($0.remark)] }))
    }
    page.add(
      "Columns",
      .table(
        head: ["column", "type", "missing", "lowest", "median", "mean", "highest", "values"],
        rows: columns.prefix(1_000).map { column in
          [
            .init(column.name), .init(column.type), .number("\(column.missing)"),
            .number(Self.text(column.low)),
            .number(Self.text(column.quantiles?[4])), .number(Self.text(column.mean)),
            .number(Self.text(column.high)), .number(column.values.map { "\($0.count)" } ?? "many"),
          ]
        }))
    for column in columns.prefix(Self.mostPlotted) {
      var parts: [ReportPage.Part] = []
      if let values = column.values, values.count <= 40 {
        let bars = Self.inOrder(values.map { ($0.value, $0.count) })
        parts.append(.bars(BarPlot(bars, label: "rows by the value of \(column.name)")))
      } else if let sample = plots[column.name], !sample.isEmpty {
        parts.append(.bars(BarPlot(histogramOf: sample, label: "rows by the value of \(column.name)")))
      }
      if let mean = means[column.name], let picture = Picture(mean.values, shape: mean.shape) {
        parts.append(.gallery([.init([(picture, "mean")], caption: "\(column.name), the mean of all rows")]))
      }
      for part in parts { page.add(column.name, part) }
    }
    page.add(
      "This report",
      .facts([("digest of the data", digest.hex), ("format", format.rawValue)]))
    return page
  }

  /// Numbers in their order; texts as they are, the most frequent first.
  private static func inOrder(_ bars: [(label: String, count: Int)]) -> [(label: String, count: Int)] {
    let numbers = bars.compactMap { Double($0.label) }
    guard numbers.count == bars.count else { return bars }
    return zip(numbers, bars).sorted { $0.0 < $1.0 }.map { $0.1 }
  }

  private static func text(_ value: Double?) -> String { value.map(LinePlot.short) ?? "" }
}

extension DataPass {
  var rootBytes: [UInt8] { tree.root.bytes }
}

extension DataManifest {
  /// The digest that a manifest of these data would have.
  /// - Throws: ``DataError``.
  package static func digest(
    of path: String, options: ReadingOptions, progress: (Int) -> Void = { _ in }
  ) throws(DataError) -> (digest: Digest, rows: Int) {
    let file = try DataFile(path, options)
    var wants = DataPass.Options()
    (wants.nanIsMissing, wants.describes) = (options.nanIsMissing, false)
    let pass = try DataPass(file.source, wants, progress: progress)
    let manifest = DataManifest(
      at: Date(timeIntervalSince1970: 0), format: file.format, rows: pass.rowCount,
      root: Digest(bytes: pass.rootBytes), columns: pass.columns, attachments: file.source.attachments,
      nanIsMissing: options.nanIsMissing, rowFile: nil, statistics: [], parent: nil)
    return (manifest.digest, pass.rowCount)
  }
}
