// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Element types of numpy that one pickle may make.
  package static let pickleElements = 1 << 20
  /// Arrays of objects in each other in a file of joblib's.
  package static let nestedArrays = 16
  /// Bytes of one member of TorchScript code.
  package static let scriptSource = 64 << 20
}
