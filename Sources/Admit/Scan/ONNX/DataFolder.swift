// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Finds the files that a model keeps tensors in.
protocol DataFolder {
  /// The file at a relative path that ``MemberName`` has accepted.
  func dataFile(_ path: String) -> DataFile
}

enum DataFile: Equatable {
  case inside(size: Int)
  /// A file that has another name somewhere: who made the folder may have linked it to one outside.
  case shared(size: Int)
  case missing
  case escapes
}

/// For bytes that come without a folder.
struct NoFolder: DataFolder {
  func dataFile(_ path: String) -> DataFile { .missing }
}
