// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// One thing that a walk through the paths found, before it is opened.
struct ScanItem: Sendable {
  enum Kind: Sendable {
    case file(size: Int)
    /// A link that leaves the folder that is scanned. What it points to is looked at all the same, when it is a file.
    case escapingLink(target: String, size: Int?)
    case special
    case unreadable(String)
    case nesting
  }

  /// As the report names it: below a folder, the folder's name as the caller wrote it and the rest.
  let name: String
  /// Where it lies.
  let path: String
  /// The folder that data files of a model must lie in.
  let folder: String
  let kind: Kind

  /// Bytes that are going to be read.
  var size: Int {
    switch kind {
    case .file(let size): size
    case .escapingLink(_, let size): size ?? 0
    default: 0
    }
  }
}
