// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Names inside of archives and models that name files outside of them.
enum MemberName {
  /// How the name leaves the folder it is unpacked to, or nil.
  static func escapes(_ name: String) -> String? {
    if name.utf8.contains(0) { return "has a NUL" }
    if name.hasPrefix("/") { return "is absolute" }
    if name.contains("\\") { return "has a backslash, which is a separator on Windows" }
    if name.dropFirst().hasPrefix(":") { return "has a drive letter" }
    if name.split(separator: "/").contains("..") { return "goes up with .." }
    return nil
  }

  /// How the target of a symbolic link leaves the folder that its archive is unpacked to, or nil. `link` is the link's own name.
  static func linkEscapes(_ target: String, from link: String) -> String? {
    if target.utf8.contains(0) { return "has a NUL" }
    if target.hasPrefix("/") { return "is absolute" }
    if target.contains("\\") { return "has a backslash, which is a separator on Windows" }
    if target.dropFirst().hasPrefix(":") { return "has a drive letter" }
    var depth = link.split(separator: "/").filter { $0 != "." }.count - 1
    for part in target.split(separator: "/") where part != "." {
      depth += part == ".." ? -1 : 1
      if depth < 0 { return "goes up out of the archive" }
    }
    return nil
  }
}
