// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Glibc

/// Reads and makes directories.
package enum Directory {
  /// What kind of thing a name stands for.
  package enum Kind: Sendable, Equatable { case file, directory, other }

  /// The names in a directory, sorted, without `.` and `..`.
  package static func names(in path: String) throws(FilesError) -> [String] {
    guard let stream = unsafe opendir(path) else { throw .system(.list, path: path, code: errno) }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { raw in
        unsafe String(decoding: raw.prefix(while: { $0 != 0 }), as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw .system(.list, path: path, code: errno) }
    return names.sorted()
  }

  /// What stands at the path; nil when nothing does.
  /// - Parameter followingLinks: otherwise a link is ``Kind/other``, wherever it leads.
  package static func kind(of path: String, followingLinks: Bool = false) throws(FilesError) -> Kind? {
    var facts = stat()
    if unsafe (followingLinks ? stat(path, &facts) : lstat(path, &facts)) != 0 {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .system(.open, path: path, code: errno)
    }
    return switch facts.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .directory
    default: .other
    }
  }

  /// Makes a directory and the ones above it, durably. One that is there already is kept as it is.
  package static func make(_ path: String, mode: mode_t = 0o755) throws(FilesError) {
    for parent in try makeUnsynced(path, mode: mode) { try Disk.syncDirectory(parent) }
  }

  /// As ``make(_:mode:)``, and returns the directories that got a new name and are still to be made durable.
  static func makeUnsynced(_ path: String, mode: mode_t) throws(FilesError) -> [String] {
    if try kind(of: path) == .directory { return [] }
    let parent = FilePath.parent(of: path)
    var changed: [String] = []
    if parent != path { changed = try makeUnsynced(parent, mode: mode) }
    if try Disk.makeDirectory(path, mode: mode) { changed.append(parent) }
    return changed
  }
}
