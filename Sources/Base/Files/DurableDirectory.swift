// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Glibc

/// Makes a directory with everything in it, durably. Nothing is visible until ``commit(asNew:)``; one that goes away
/// without a commit leaves nothing behind, and what a crash leaves is removed by ``DurableFile/sweep(_:)``.
package struct DurableDirectory: ~Copyable {
  private let temporary: String
  /// Locked for as long as this is open, which tells a sweep that its writer lives.
  private let handle: Int32
  private let mode: mode_t
  private var isCommitted = false

  /// - Parameters:
  ///   - parent: the directory, or the file system, where it will be committed.
  ///   - mode: the permissions of the files in it.
  package init(in parent: String, mode: mode_t) throws(FilesError) {
    let path = parent + "/" + DurableFileWriter.temporaryName()
    guard try Disk.makeDirectory(path, mode: 0o700) else {
      throw .system(.makeDirectory, path: path, code: EEXIST)
    }
    let handle = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0, flock(handle, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      if handle >= 0 { close(handle) }
      _ = try Disk.removeDirectoryIfEmpty(path)
      throw .system(.open, path: path, code: code)
    }
    temporary = path
    self.handle = handle
    self.mode = mode
    Unfinished.add(path)
  }

  deinit {
    Unfinished.remove(temporary)
    if !isCommitted { try? DurableFile.removeTree(temporary) }
    close(handle)
  }

  /// Makes a file below the directory, and the directories it needs, and lets `body` write it.
  /// - Parameter name: relative to the directory, and below it: the caller has looked at it.
  package borrowing func write<Failure: Error>(
    _ name: String, _ body: (FilePlaces) throws(Failure) -> Void
  ) throws {
    let path = temporary + "/" + name
    _ = try Directory.makeUnsynced(FilePath.parent(of: path), mode: 0o700)
    let file = try Disk.create(path, mode: mode, exclusive: true)
    defer { close(file) }
    try body(FilePlaces(file: file, path: path))
  }

  /// Moves a file inside of the directory.
  package borrowing func rename(_ name: String, to target: String) throws(FilesError) {
    try Disk.rename(temporary + "/" + name, to: temporary + "/" + target)
  }

  /// Makes everything durable under a name that must be free; throws `EEXIST` when it is taken.
  package consuming func commit(asNew path: String) throws(FilesError) {
    try Disk.syncFileSystem(of: temporary)
    guard try Directory.kind(of: path) == nil else { throw .system(.rename, path: path, code: EEXIST) }
    try Disk.rename(temporary, to: path)
    isCommitted = true
    try Disk.syncDirectory(FilePath.parent(of: path))
  }
}
