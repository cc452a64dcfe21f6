// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

extension Limits {
  /// Bytes of a calibration: 1,024 references of 32 numbers are 128 KiB, and the ranges of a wide table a few megabytes.
  package static let guardFile = 64 << 20
  /// Bytes of a file with what the guard remembers of clients.
  package static let guardState = 64 << 20
  /// Parties that the guard remembers. When they are more, those that were not seen for longest are forgotten.
  package static let guardParties = 1 << 17
  /// Bytes of a party's name.
  package static let guardName = 64
  /// Elements of one input that are projected. Of a longer input so many are drawn once and for all.
  package static let guardElements = 4_096
  /// Elements of one input, or of one layer, that a calibration can be made for.
  package static let guardWidth = 1 << 24
  /// References of one space.
  package static let guardReferences = 1_024
  /// Classes of a model that is guarded.
  package static let guardClasses = 1 << 20
  /// Values that a category can have.
  package static let guardCategories = 1 << 16
}
