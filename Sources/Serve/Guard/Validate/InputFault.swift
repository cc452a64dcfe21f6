// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why an input is not answered. It is the asker's to mend.
package enum InputFault: Error, Equatable, Sendable {
  case wrongType(expected: String, found: String)
  case wrongShape(expected: [Int], found: [Int])
  /// `element` counts in the row.
  case outOfRange(row: Int, element: Int, name: String?, value: Float, low: Float, high: Float)
  case unknownCategory(row: Int, element: Int, name: String?, value: Float)
}

extension InputFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .wrongType(let expected, let found): "expected elements of the type \(expected), found \(found)"
    case .wrongShape(let expected, let found):
      "expected the shape [rows" + expected.map { ", \($0)" }.joined() + "], found \(found)"
    case .outOfRange(let row, let element, let name, let value, let low, let high):
      "expected numbers from \(low) to \(high) for \(name ?? "element \(element)"), found \(value) in row \(row)"
    case .unknownCategory(let row, let element, let name, let value):
      "expected a known category for \(name ?? "element \(element)"), found \(value) in row \(row)"
    }
  }
}

extension InputProfile {
  /// Holds what was sent against the profile.
  /// - Parameters:
  ///   - type: the element type of what was sent, in numpy's words.
  ///   - shape: with the batch in front.
  package func check(type: String, shape: [Int]) throws(InputFault) {
    guard type == self.type else { throw .wrongType(expected: self.type, found: type) }
    guard shape.dropFirst().elementsEqual(self.shape), !shape.isEmpty else {
      throw .wrongShape(expected: self.shape, found: shape)
    }
  }

  /// - Parameter values: rows of ``width`` elements.
  package func check(_ values: Span<Float>) throws(InputFault) {
    let width = width
    if ranges.count == 1, ranges[0].categories == nil {
      let (low, high) = (ranges[0].low, ranges[0].high)
      // Without a branch in it, eight at a time. A comparison with NaN fails.
      var start = 0
      let (lows, highs) = (SIMD8(repeating: low), SIMD8(repeating: high))
      while start + 8 <= values.count {
        let part = SIMD8(
          values[start], values[start + 1], values[start + 2], values[start + 3], values[start + 4],
          values[start + 5], values[start + 6], values[start + 7])
        guard all((part .>= lows) .& (part .<= highs)) else { break }
        start += 8
      }
      for place in start..<values.count { try check(values[place], ranges[0], place, width) }
      return
    }
    for place in values.indices {
      try check(values[place], ranges[ranges.count == 1 ? 0 : place % width], place, width)
    }
  }

  private func check(_ value: Float, _ range: Range, _ place: Int, _ width: Int) throws(InputFault) {
    let (row, element) = (place / width, place % width)
    guard value >= range.low, value <= range.high else {
      throw .outOfRange(
        row: row, element: element, name: names?[element], value: value, low: range.low, high: range.high)
    }
    guard let categories = range.categories else { return }
    var (low, high) = (0, categories.count)
    while low < high {
      let middle = (low + high) / 2
      if categories[middle] < value { low = middle + 1 } else { high = middle }
    }
    guard low < categories.count, categories[low] == value else {
      throw .unknownCategory(row: row, element: element, name: names?[element], value: value)
    }
  }
}
