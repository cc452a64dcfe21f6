// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

/// What the system knows of a file without reading it. Equal facts mean that nobody has written to it in between, as far as
/// the clock of its file system can tell.
package struct FileFacts: Sendable, Hashable {
  package let device: UInt64
  package let inode: UInt64
  /// Bytes.
  package let size: Int
  /// When its bytes changed, in nanoseconds since 1970.
  package let modified: Int64
  /// When anything of it changed, in nanoseconds since 1970. Unlike ``modified``, nobody can set it.
  package let changed: Int64

  package init(device: UInt64, inode: UInt64, size: Int, modified: Int64, changed: Int64) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
  }

  init(_ facts: stat) {
    self.init(
      device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino), size: Int(facts.st_size),
      modified: Self.nanoseconds(facts.st_mtim), changed: Self.nanoseconds(facts.st_ctim))
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
