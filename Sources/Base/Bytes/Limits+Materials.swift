// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Bytes of one value that a bill of materials takes from a file; what is longer is cut, and says so.
  package static let billText = 1024
  /// Values that a bill of materials takes from one file, imports aside; what comes after is counted, not listed.
  package static let billValues = 1024
  /// Imports and packages that a bill of materials lists of one file.
  package static let billImports = 4096
  /// Bytes of a licence, and of what stands before a model card.
  package static let licenceText = 1 << 18
}
