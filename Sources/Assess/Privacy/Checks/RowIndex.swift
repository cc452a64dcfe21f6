// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Finds equal rows: the same values and the same label.
struct RowIndex {
  private let values: [Float]
  private let labels: [Int64]
  private let width: Int
  private var rows: [Int: [Int]] = [:]

  /// - Parameter values: a row for each label.
  init(_ values: [Float], labels: [Int64]) {
    (self.values, self.labels) = (values, labels)
    width = values.count / max(1, labels.count)
    for row in labels.indices { rows[hash(row, of: values, labels), default: []].append(row) }
  }

  /// For each row that equals one before it, that one.
  var repeats: [Int: Int] {
    var found: [Int: Int] = [:]
    for same in rows.values where same.count > 1 {
      for (place, row) in same.enumerated() {
        found[row] = same[..<place].first { equal(row, values, labels, $0) }
      }
    }
    return found
  }

  /// The rows of another table that are rows of this one.
  func common(_ others: [Float], labels otherLabels: [Int64]) -> [Int] {
    otherLabels.indices.filter { row in
      (rows[hash(row, of: others, otherLabels)] ?? []).contains { equal(row, others, otherLabels, $0) }
    }
  }

  private func hash(_ row: Int, of values: [Float], _ labels: [Int64]) -> Int {
    var hasher = Hasher()
    hasher.combine(labels[row])
    for value in values[row * width..<(row + 1) * width] { hasher.combine(value) }
    return hasher.finalize()
  }

  private func equal(_ row: Int, _ others: [Float], _ otherLabels: [Int64], _ own: Int) -> Bool {
    otherLabels[row] == labels[own]
      && others[row * width..<(row + 1) * width] == values[own * width..<(own + 1) * width]
  }
}
