// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Glibc

/// Writes a file so that a crash or a power cut at any instant leaves the old content or the new, never half.
///
/// The bytes go to a temporary file in the same directory, are made durable there, and take the place of the
/// old file in one rename, which is made durable too. For content that does not fit in memory see
/// ``DurableFileWriter``.
package enum DurableFile {
  /// What every temporary file's name begins with.
  package static let temporaryPrefix = ".martlet-"

  /// Replaces the file, or makes it. When it returns, the new content is durable; when it throws, the old is
  /// still there, except that an error while making the *rename* durable leaves open which of the two a
  /// power cut would leave.
  /// - Parameter mode: the permissions of the new file, whatever the umask.
  package static func replace(
    _ path: String, with bytes: Span<UInt8>, mode: mode_t = 0o644
  ) throws(FilesError) {
    var writer = try DurableFileWriter(in: FilePath.parent(of: path), mode: mode)
    try writer.write(bytes)
    try writer.commit(as: path)
  }

  /// Makes a file that was not there. Refuses a path that is taken with `EEXIST`, and changes nothing then.
  package static func create(
    _ path: String, with bytes: Span<UInt8>, mode: mode_t = 0o644
  ) throws(FilesError) {
    var writer = try DurableFileWriter(in: FilePath.parent(of: path), mode: mode)
    try writer.write(bytes)
    try writer.commit(asNew: path)
  }

  /// Gives a file another name on the same file system, in the place of what has that name.
  package static func move(_ path: String, to target: String) throws(FilesError) {
    try Disk.rename(path, to: target)
    try Disk.syncDirectory(FilePath.parent(of: target))
  }

  /// Removes the temporary files and directories that crashed processes left in a directory. Those of living writers, in this
  /// or another process, are kept: a writer holds a lock on its temporary file, which ends with its process.
  package static func sweep(_ directory: String) throws(FilesError) {
    for name in try Directory.names(in: directory) where name.hasPrefix(temporaryPrefix) {
      let path = directory + "/" + name
      let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      guard file >= 0 else { continue }
      defer { close(file) }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else { continue }
      if try Directory.kind(of: path) == .directory {
        try removeTree(path)
      } else {
        try Disk.removeFile(path)
      }
    }
  }

  /// Removes a directory with everything in it. Links are removed, not followed.
  package static func removeTree(_ path: String) throws(FilesError) {
    for name in try Directory.names(in: path) {
      let below = path + "/" + name
      if try Directory.kind(of: below) == .directory {
        try removeTree(below)
      } else {
        try Disk.removeFile(below)
      }
    }
    _ = try Disk.removeDirectoryIfEmpty(path)
  }
}
