// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// What tells one content of a file from another without reading it.
struct FileMark: Equatable {
  private let inode: UInt64
  private let size: Int64
  private let modified: Date

  init?(_ path: String) {
    guard let facts = try? FileManager.default.attributesOfItem(atPath: TLSKeeper.resolved(path)),
      let inode = facts[.systemFileNumber] as? UInt64, let size = (facts[.size] as? NSNumber)?.int64Value,
      let modified = facts[.modificationDate] as? Date
    else { return nil }
    (self.inode, self.size, self.modified) = (inode, size, modified)
  }
}
