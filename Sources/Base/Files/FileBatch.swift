// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Glibc

/// Writes many files and makes them durable together, at a cost that does not grow with their number: a few
/// files are synced one by one, more by one sync of their file system.
///
/// The files are not visible as a set: a crash may leave any of them, whole or not. They count only once
/// something else, written durably afterwards, refers to them.
package struct FileBatch: ~Copyable {
  /// Up to so many files and directories are synced one by one.
  private static let fewSyncs = 12

  private let root: String
  private let mode: mode_t
  private var files: [(descriptor: Int32, path: String)] = []
  private var directories: Set<String> = []
  private var isLarge = false

  /// - Parameters:
  ///   - root: a directory that is there; every file must be below it, on the same file system.
  ///   - mode: the permissions of the files, before the umask.
  package init(in root: String, mode: mode_t = 0o644) {
    self.root = root
    self.mode = mode
  }

  deinit {
    for file in files { close(file.descriptor) }
  }

  /// Writes one file, replacing what is there, and makes the directories it needs.
  package mutating func write(_ bytes: Span<UInt8>, to path: String) throws(FilesError) {
    let parent = FilePath.parent(of: path)
    directories.insert(parent)
    for changed in try Directory.makeUnsynced(parent, mode: 0o755) { directories.insert(changed) }
    let file = try Disk.create(path, mode: mode, exclusive: false)
    files.append((file, path))
    try Disk.write(bytes, to: file, at: 0, path: path)
    if isLarge || files.count + directories.count > Self.fewSyncs {
      isLarge = true
      directories = []
      for file in files { close(file.descriptor) }
      files = []
    }
  }

  /// Returns when everything that was written is durable.
  package consuming func makeDurable() throws(FilesError) {
    if isLarge { return try Disk.syncFileSystem(of: root) }
    for file in files { try Disk.sync(file.descriptor, path: file.path) }
    for directory in directories.sorted() { try Disk.syncDirectory(directory) }
  }
}
