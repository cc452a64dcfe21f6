// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why bytes are not a FlatBuffer. Offsets count from the start of the buffer.
package enum FlatError: Error, Equatable, Sendable {
  /// Something at `offset` reaches out of the buffer.
  case outOfBounds(offset: Int, what: String)
  /// A table's own header contradicts itself.
  case badTable(offset: Int)
  /// A string does not end in a NUL.
  case unterminated(offset: Int)
  case tooDeep(limit: Int)
}

extension FlatError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .outOfBounds(let offset, let what): "the \(what) at offset \(offset) reaches out of the FlatBuffer"
    case .badTable(let offset): "the table at offset \(offset) of the FlatBuffer contradicts its own header"
    case .unterminated(let offset): "the string at offset \(offset) of the FlatBuffer has no end"
    case .tooDeep(let limit): "the FlatBuffer has tables in each other deeper than \(limit) levels"
    }
  }
}
