// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why bytes could not be had or read. Offsets count from the start of the bytes that were being read.
package enum BytesError: Error, Equatable, Sendable {
  /// The bytes end before something that must be there.
  case truncated(offset: Int, needed: Int, available: Int)
  /// A length or an offset in the file points outside of it.
  case outOfBounds(offset: Int, value: UInt64)
  /// The system would not open or map the file. `reason` is the system's own wording.
  case unreadable(path: String, reason: String)
  /// Something that is neither a regular file nor a pipe stands at the path.
  case notAFile(path: String)
}

extension BytesError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .truncated(let offset, let needed, let available):
      "expected \(needed) bytes at offset \(offset), found \(available): the file is cut short"
    case .outOfBounds(let offset, let value):
      "the value \(value) at offset \(offset) points outside the file"
    case .unreadable(let path, let reason):
      "cannot read \(path): \(reason)"
    case .notAFile(let path):
      "expected a file at \(path), found something else"
    }
  }
}
