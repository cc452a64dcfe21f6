// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import Synchronization

/// A file that is written in place, a small part at a time, by one process: what has been written is there when the process is
/// killed, and after ``sync()`` when the power goes. Any thread may write.
///
/// It is locked until ``release()``, or the end of the process.
package final class SlotFile: Sendable {
  package let path: String
  private let file: Int32
  private let isReleased = Atomic(false)

  /// Opens the file, and makes it, for its owner only, where there is none.
  /// - Parameter patience: how long to wait for another process that has it.
  /// - Throws: ``FilesError/locked(path:purpose:holder:)``, ``FilesError/notAFile(path:)``, ``FilesError/system(_:path:code:)``.
  package init(_ path: String, purpose: String, waitingAtMost patience: Duration) throws(FilesError) {
    let isNew = try Directory.kind(of: path) == nil
    let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK, 0o600)
    guard file >= 0 else {
      throw errno == ELOOP ? .notAFile(path: path) : .system(.open, path: path, code: errno)
    }
    self.path = path
    self.file = file
    var facts = stat()
    guard unsafe fstat(file, &facts) == 0 else { throw .system(.open, path: path, code: errno) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    let deadline = ContinuousClock.now + patience
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw .system(.lock, path: path, code: errno) }
      guard ContinuousClock.now < deadline else { throw .locked(path: path, purpose: purpose, holder: nil) }
      usleep(20_000)
    }
    if isNew { try Disk.syncDirectory(FilePath.parent(of: path)) }
  }

  deinit { close(file) }

  /// Writes `bytes` from `offset` on.
  package func write(_ bytes: Span<UInt8>, at offset: Int) throws(FilesError) {
    guard !isReleased.load(ordering: .acquiring) else { throw .system(.write, path: path, code: EBADF) }
    try Disk.write(bytes, to: file, at: offset, path: path)
  }

  /// Makes durable what has been written.
  package func sync() throws(FilesError) { try Disk.sync(file, path: path) }

  /// Lets others have the file. It is not written after.
  package func release() {
    isReleased.store(true, ordering: .releasing)
    _ = flock(file, LOCK_UN)
  }
}
