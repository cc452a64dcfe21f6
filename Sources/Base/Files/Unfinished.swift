// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Synchronization

/// The temporary files and directories that this process is writing, so that one that is told to end can take them with it: they
/// may hold what nobody else should read.
package enum Unfinished {
  private static let paths = Mutex<Set<String>>([])

  static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }

  static func remove(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Removes them all. The process must end afterwards: whoever writes them finds that they are gone.
  /// - Parameter which: tells them by their paths.
  package static func discard(_ which: (String) -> Bool = { _ in true }) {
    for path in paths.withLock({ $0 }) where which(path) {
      if (try? Directory.kind(of: path)) == .directory {
        try? DurableFile.removeTree(path)
      } else {
        try? Disk.removeFile(path)
      }
    }
  }
}
