// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why bytes are not what their format says, with what that does to a reader.
package struct StructureError: Error, Equatable, Sendable {
  package enum Harm: Sendable, Equatable {
    /// Sizes, order or values contradict each other or the file.
    case broken
    /// What careless readers follow out of their memory: overflows, counts beyond the file, indices out of range.
    case exploit
    /// Well formed, but nothing that this reader knows.
    case uncovered
  }

  package let harm: Harm
  package let reason: String
  package let offset: Int

  package init(_ harm: Harm, _ reason: String, at offset: Int) {
    self.harm = harm
    self.reason = reason
    self.offset = offset
  }
}
