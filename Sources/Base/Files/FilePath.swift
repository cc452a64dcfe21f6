// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Text operations on paths; nothing here asks the system.
package enum FilePath {
  /// The directory that holds the file: `.` for a bare name.
  package static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
