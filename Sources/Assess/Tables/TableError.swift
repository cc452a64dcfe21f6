// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFormats

/// Why a table or its schema cannot be used.
package enum TableError: Error, Equatable, Sendable {
  case csv(CSVError)
  /// The schema says something that is no schema. `line` is counted from 1, nil where none can be named.
  case schema(line: Int?, reason: String)
  /// The table itself is not what was expected.
  case table(reason: String)
  /// The schema and the data do not have the same columns.
  case columns(reason: String)
}

extension TableError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .csv(let error): error.description
    case .schema(let line, let reason):
      "the schema cannot be used: " + (line.map { "line \($0): " } ?? "") + reason
    case .table(let reason), .columns(let reason): reason
    }
  }
}
