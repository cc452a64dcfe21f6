// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Finds the files that a model keeps tensors in.
protocol DataFolder {
  /// The file at a relative path that ``MemberName`` has accepted.
  func dataFile(_ path: String) -> DataFile
  /// What is in that file; nil when it is not there, or where only the sizes of files are known.
  func contents(of path: String) -> Bytes?
}

extension DataFolder {
  func contents(of path: String) -> Bytes? { nil }
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
