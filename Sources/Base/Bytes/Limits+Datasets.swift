// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Columns of a dataset.
  package static let dataColumns = 1 << 16
  /// Bytes of one row of an array.
  package static let dataRow = 64 << 20
  /// Bytes that the compressed arrays of a dataset may become, one by one.
  package static let dataMember = 1 << 38
  /// Files of a folder of pictures.
  package static let dataFiles = 1 << 26
  /// Bytes of a signed manifest of a dataset, and of a proof for one row.
  package static let dataManifest = 256 << 20
  /// Bytes of a label that is shown or counted.
  package static let dataText = 256
}
