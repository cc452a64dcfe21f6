// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletDatasets
package import MartletRuntime

/// Why training data could not be looked at.
package enum IntegrityError: Error, Equatable, Sendable {
  case data(DataError)
  /// There is no column of labels, or none of that name.
  case noLabels(wanted: String?, found: [String])
  /// A row without a label, or one that cannot be one.
  case badLabel(row: Int, found: String)
  case unsuitable(reason: String)
  case model(reason: String)
  case runtime(RuntimeError)
}

extension IntegrityError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .data(let error): error.description
    case .noLabels(let wanted, let found):
      "expected a column "
        + (wanted.map { "'\($0.prefix(80))'" } ?? "called y, label, target or class")
        + " with the labels, found "
        + found.prefix(12).map { String($0.prefix(40)) }.joined(separator: ", ")
        + (found.count > 12 ? ", …" : "")
        + ": name it with --label"
    case .badLabel(let row, let found): "row \(row): expected a label, found \(found)"
    case .unsuitable(let reason): reason
    case .model(let reason): "the model cannot be used here: \(reason)"
    case .runtime(let error): "\(error)"
    }
  }
}
