// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Where the rows of a dataset come from. It reads what it is asked for and holds no more than a block of it.
package protocol RowSource: AnyObject {
  /// What the columns are called, and what is known of their types: those of a text file are sure at the end only.
  var columns: [Column] { get }
  /// Digests of what is in the files beside the rows, by name.
  var attachments: [String: String] { get }

  /// The next rows in order; nil at the end.
  /// - Throws: ``DataError``, with the row and the column that it is about.
  func next() throws(DataError) -> RowBlock?

  /// One row again, as a block of its own.
  /// - Throws: ``DataError/noSuchRow(_:count:)`` beside what ``next()`` throws.
  func row(_ row: Int) throws(DataError) -> RowBlock
}

/// How the rows are read.
package struct ReadingOptions: Sendable, Equatable {
  /// Columns of a text file that are text, whatever stands in them.
  package var textColumns: Set<String> = []
  /// Whether NaN stands for a missing value; otherwise it is refused. Infinities always are.
  package var nanIsMissing = false
  /// The types that the columns of a text file had when they were sealed: what does not fit is then no error but a change.
  package var sealed: [Column]?

  package init() {}
}
