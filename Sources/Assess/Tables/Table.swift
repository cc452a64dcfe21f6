// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes
import MartletFormats

/// Rows of numbers with names for the columns, and the class of each row where it has one.
package struct Table: Sendable {
  package let names: [String]
  /// Row by row.
  package let values: [Double]
  package let labels: [Int64]?
  package var width: Int { names.count }
  package var rowCount: Int { values.count / names.count }

  /// - Throws: ``TableError/table(reason:)`` for what is no table.
  package init(names: [String], values: [Double], labels: [Int64]? = nil) throws(TableError) {
    guard !names.isEmpty, !values.isEmpty, values.count.isMultiple(of: names.count) else {
      throw .table(reason: "expected rows of \(names.count) numbers, found \(values.count) numbers")
    }
    (self.names, self.values, self.labels) = (names, values, labels)
  }

  package func row(_ row: Int) -> ArraySlice<Double> { values[row * width..<(row + 1) * width] }

  /// What the column of labels is called where nobody says it.
  package static let labelNames = ["label", "target", "y", "class"]

  /// The numbers of a CSV file.
  /// - Parameters:
  ///   - label: the column with the classes. Nil for the one that is called `label`, `target`, `y` or `class`.
  ///   - classes: what stands in that column for class 0, 1 and so on. Nil when the classes stand there as numbers from 0.
  ///   - needsLabels: whether labels are read, and a table without them is refused; otherwise their column is only left out.
  /// - Throws: ``TableError``.
  package init(
    csv bytes: Bytes, label: String? = nil, classes: [String]? = nil, needsLabels: Bool
  ) throws(TableError) {
    let text: CSVTable
    do { text = try CSVTable(bytes) } catch { throw .csv(error) }
    let names = text.names ?? (0..<text.columnCount).map { "x\($0)" }
    let place = try Self.labelPlace(names, hasHeader: text.names != nil, label, needsLabels: needsLabels)
    let features = names.indices.filter { $0 != place }
    guard !features.isEmpty else {
      throw .table(reason: "expected columns beside the label '\(names[0])', found none")
    }
    var values: [Double] = []
    values.reserveCapacity(text.rowCount * features.count)
    var labels: [Int64] = []
    do throws(CSVError) {
      for row in 0..<text.rowCount {
        for column in features { values.append(try text.number(row: row, column: column)) }
      }
    } catch { throw .csv(error) }
    if let place, needsLabels {
      for row in 0..<text.rowCount { labels.append(try Self.label(text, row, place, classes)) }
    }
    try self.init(
      names: features.map { names[$0] }, values: values, labels: needsLabels ? labels : nil)
  }

  private static func labelPlace(
    _ names: [String], hasHeader: Bool, _ label: String?, needsLabels: Bool
  ) throws(TableError) -> Int? {
    let known = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
    if let label {
      if let place = names.firstIndex(of: label) { return place }
      throw .table(
        reason: "expected a column '\(label)' with the labels, found \(known)"
          + (hasHeader ? "" : " (there is no header, so the columns are numbered)"))
    }
    let places = names.indices.filter { labelNames.contains(names[$0].lowercased()) }
    if places.count == 1 { return places[0] }
    if places.isEmpty, !needsLabels { return nil }
    throw .table(
      reason: "expected one column called \(labelNames.joined(separator: ", ")), found "
        + (places.isEmpty ? "none among \(known)" : places.map { names[$0] }.joined(separator: ", "))
        + ": name the column with the labels with --label")
  }

  private static func label(
    _ text: CSVTable, _ row: Int, _ column: Int, _ classes: [String]?
  ) throws(TableError) -> Int64 {
    let place = text.place(row: row, column: column)
    let found: String
    do throws(CSVError) {
      if classes == nil, let number = try? text.number(row: row, column: column), (0...1e6).contains(number),
        number == number.rounded()
      {
        return Int64(number)
      }
      found = CSVTable.trimmed(try text.text(row: row, column: column))
    } catch { throw .csv(error) }
    guard let classes else {
      throw .table(
        reason:
          "\(place): expected a class as a whole number from 0, found '\(found.prefix(40))': give what stands for "
          + "class 0, 1 and so on with --classes")
    }
    guard let index = classes.firstIndex(of: found) else {
      throw .table(
        reason:
          "\(place): expected one of the classes \(classes.joined(separator: ", ")), found '\(found.prefix(40))'"
      )
    }
    return Int64(index)
  }

  /// The rows of `x_train` and `x_test`, or of `x`, and the names in `feature_names` where there are some.
  /// - Throws: ``TableError``.
  package init(npz bytes: Bytes) throws(TableError) {
    do {
      let archive = try NumpyArchive(bytes)
      let parts = archive.names.contains("x") ? ["x"] : ["x_train", "x_test"]
      var values: [Double] = []
      var width: Int?
      for part in parts {
        guard let array = try archive[part] else { continue }
        guard array.descr.kind == "f", array.shape.count == 2, array.shape[1] == width ?? array.shape[1],
          array.shape[1] > 0
        else {
          throw TableError.table(
            reason:
              "expected '\(part)' as rows of floating-point numbers, found \(array.descr.text) of the shape \(array.shape)"
          )
        }
        width = array.shape[1]
        values += try array.float32().map(Double.init)
      }
      guard let width else {
        throw TableError.table(
          reason: "expected the array x, or x_train and x_test, found "
            + (archive.names.isEmpty ? "none" : archive.names.joined(separator: ", ")))
      }
      let names = try archive["feature_names"]?.texts() ?? (0..<width).map { "x\($0)" }
      guard names.count == width, Set(names).count == width else {
        throw TableError.table(
          reason: "expected \(width) different feature_names, found \(Set(names).count)")
      }
      if let place = values.firstIndex(where: { !$0.isFinite }) {
        throw TableError.table(
          reason:
            "expected finite numbers, found another in row \(place / width) of '\(names[place % width])'")
      }
      try self.init(names: names, values: values)
    } catch let error as TableError {
      throw error
    } catch {
      throw .table(reason: "\(error)")
    }
  }

  /// Whether a file is an npz file, which is a zip archive, or says so by its name.
  package static func isArchive(_ bytes: Bytes, named name: String) -> Bool {
    bytes.starts(with: [0x50, 0x4B]) || name.lowercased().hasSuffix(".npz")
  }
}
