// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Where a field stands: lines are counted from 1 with the header, columns from 1.
package struct CSVPlace: Equatable, Sendable {
  package let line: Int
  package let column: Int
  /// What the header calls the column.
  package let name: String?

  package init(line: Int, column: Int, name: String? = nil) {
    (self.line, self.column, self.name) = (line, column, name)
  }
}

extension CSVPlace: CustomStringConvertible {
  package var description: String {
    "line \(line), column \(column)" + (name.map { " (\($0))" } ?? "")
  }
}

/// Why bytes are not the table that was expected, and where.
package enum CSVError: Error, Equatable, Sendable {
  /// There is no row below the header, or nothing at all.
  case noRows
  /// The bytes are no UTF-8 text.
  case notText(line: Int)
  /// A quoted field has no end.
  case openQuote(CSVPlace)
  /// Something stands between the closing quote of a field and the next delimiter.
  case textBehindQuote(CSVPlace)
  /// A quote stands in a field that does not begin with one.
  case quoteInside(CSVPlace)
  case fieldCount(line: Int, expected: Int, found: Int)
  /// The header names two columns alike.
  case repeatedName(String)
  /// A number was expected and the field is empty, `?`, `NA`, `NaN` or `null`.
  case missing(CSVPlace)
  case notANumber(CSVPlace, found: String)
  case tooLarge(what: String, limit: Int, line: Int)
}

extension CSVError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noRows: "expected at least one row of values, found none"
    case .notText(let line): "expected CSV in UTF-8, found bytes that are no text in line \(line)"
    case .openQuote(let place): "\(place): expected a closing quote, found the end of the file"
    case .textBehindQuote(let place):
      "\(place): expected a delimiter or the end of the line behind a closing quote; a quote inside of a field is written twice"
    case .quoteInside(let place):
      "\(place): expected a field with a quote in it to begin with a quote; a quote inside of a field is written twice"
    case .fieldCount(let line, let expected, let found):
      "line \(line): expected \(expected) fields as in the first line, found \(found)"
    case .repeatedName(let name): "expected every column to have a name of its own, found '\(name)' twice"
    case .missing(let place):
      "\(place): expected a number, found nothing there: leave the row out, or fill in a value as the model's training did"
    case .notANumber(let place, let found):
      "\(place): expected a number such as 3.14, found '\(found)'"
    case .tooLarge(let what, let limit, let line):
      "line \(line): expected at most \(limit) \(what), found more"
    }
  }
}
