// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

/// What the system says of a file or directory, links followed.
package struct FileFacts: Sendable, Equatable {
  /// The same for all that is on one file system.
  package let fileSystem: UInt64
  /// When its content was changed last, in seconds since 1970.
  package let modified: Int

  /// Nil when nothing is there, or nobody may look.
  package init?(of path: String) {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return nil }
    fileSystem = UInt64(facts.st_dev)
    modified = facts.st_mtim.tv_sec
  }
}
