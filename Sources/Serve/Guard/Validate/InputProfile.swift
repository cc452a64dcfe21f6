// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// What one row of a model's input must be like to be answered.
package struct InputProfile: Codable, Equatable, Sendable {
  /// The values that one element can have.
  package struct Range: Codable, Equatable, Sendable {
    package let low: Float
    package let high: Float
    /// Where there are only these, ascending.
    package let categories: [Float]?

    package init(low: Float, high: Float, categories: [Float]? = nil) {
      (self.low, self.high, self.categories) = (low, high, categories)
    }
  }

  /// The element type in numpy's words: `float32`.
  package let type: String
  /// Of one row, without the batch.
  package let shape: [Int]
  /// One for all elements, or one for each.
  package let ranges: [Range]
  /// What the elements are called, for messages; nil where nobody says.
  package let names: [String]?

  package init(type: String, shape: [Int], ranges: [Range], names: [String]? = nil) {
    (self.type, self.shape, self.ranges, self.names) = (type, shape, ranges, names)
  }

  /// Elements of one row.
  package var width: Int { shape.reduce(1, *) }

  /// The ranges of rows that are known: one for each column of a table, one for all of anything else. They are wider than
  /// what was seen by a share of it, because the next row may well be the largest yet.
  /// - Parameter slack: that share.
  package init(
    of values: [Float], shape: [Int], type: String = "float32", names: [String]? = nil, slack: Float = 0.5
  ) {
    let width = shape.reduce(1, *)
    let columns = shape.count == 1 ? width : 1
    var lows = [Float](repeating: .infinity, count: columns)
    var highs = [Float](repeating: -.infinity, count: columns)
    for (place, value) in values.enumerated() {
      let column = columns == 1 ? 0 : place % width
      lows[column] = min(lows[column], value)
      highs[column] = max(highs[column], value)
    }
    // Pictures use the whole of their range.
    let room = columns == 1 && shape.count > 1 ? 0 : slack
    self.init(
      type: type, shape: shape,
      ranges: zip(lows, highs).map { low, high in
        let more = (high - low) * room
        return Range(low: low - more, high: high + more)
      }, names: names)
  }

  /// - Throws: ``GuardError/badDocument(kind:place:reason:)``.
  func check() throws(GuardError) {
    func require(_ holds: Bool, _ place: String, _ reason: String) throws(GuardError) {
      guard holds else { throw .badDocument(kind: "profile", place: place, reason: reason) }
    }
    try require(!type.isEmpty && type.utf8.count <= 16, "type", "expected the name of an element type")
    try require(shape.count <= Limits.numpyDimensions, "shape", "expected fewer dimensions")
    var width = 1
    for size in shape {
      try require(size > 0, "shape", "expected sizes above 0, found \(size)")
      let (product, overflow) = width.multipliedReportingOverflow(by: size)
      try require(
        !overflow && product <= Limits.guardWidth, "shape", "expected at most \(Limits.guardWidth) elements")
      width = product
    }
    try require(
      ranges.count == 1 || ranges.count == width, "ranges", "expected 1 or \(width), found \(ranges.count)")
    try require(names.map { $0.count == width } ?? true, "names", "expected \(width)")
    for (place, range) in ranges.enumerated() {
      try require(
        range.low <= range.high && range.low.isFinite && range.high.isFinite, "ranges[\(place)]",
        "expected a low end that is not above the high end")
      guard let categories = range.categories else { continue }
      try require(
        (1...Limits.guardCategories).contains(categories.count) && categories.allSatisfy(\.isFinite)
          && zip(categories, categories.dropFirst()).allSatisfy { $0 < $1 }, "ranges[\(place)].categories",
        "expected at most \(Limits.guardCategories) ascending numbers")
    }
  }
}
