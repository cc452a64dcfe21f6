// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Element types of numpy that one pickle may make.
  package static let pickleElements = 1 << 20
  /// Arrays of objects in each other in a file of joblib's.
  package static let nestedArrays = 16
  /// Constants of one pickle that are files of their own.
  package static let loadedConstants = 1 << 16
  /// Bytes of such a constant that is written as text.
  package static let loadedText = 64 << 20
  /// Bytes of one member of TorchScript code.
  package static let scriptSource = 64 << 20
}
