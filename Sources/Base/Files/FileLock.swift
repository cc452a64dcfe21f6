// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

/// Holds a lock on a file for as long as the value lives: no other process, and no other thread of this one,
/// gets the same lock meanwhile. The end of the process releases it, however it ends.
///
/// The lock is `flock(2)` on a descriptor of its own. The lock file stays where it is when the lock is released:
/// removing it would let two holders lock two files of the same name. It does not work across machines.
package struct FileLock: ~Copyable {
  private let file: Int32

  private init(file: Int32) { self.file = file }

  deinit {
    ftruncate(file, 0)
    // A process that another thread is starting has a copy of the descriptor for a moment, and would keep the lock.
    _ = flock(file, LOCK_UN)
    close(file)
  }

  /// Waits until the lock is free and takes it.
  /// - Parameters:
  ///   - path: the lock file; it is made when it is not there.
  ///   - purpose: what is locked, as the subject of a message: `the store`.
  ///   - patience: how long to wait for another holder.
  /// - Throws: ``FilesError/locked(path:purpose:holder:)`` when it was not free in time, which names the holder;
  ///   ``FilesError/system(_:path:code:)``.
  package static func acquire(
    _ path: String, purpose: String, waitingAtMost patience: Duration
  ) throws(FilesError) -> FileLock {
    let deadline = ContinuousClock.now + patience
    var pause: UInt32 = 500
    while true {
      let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard file >= 0 else { throw .system(.lock, path: path, code: errno) }
      if flock(file, LOCK_EX | LOCK_NB) == 0 {
        let lock = FileLock(file: file)
        if isStill(file, at: path) {
          lock.announce()
          return lock
        }
        continue
      }
      let reason = errno
      let holder = readHolder(file)
      close(file)
      guard reason == EWOULDBLOCK || reason == EINTR else {
        throw .system(.lock, path: path, code: reason)
      }
      guard ContinuousClock.now < deadline else {
        throw .locked(path: path, purpose: purpose, holder: holder)
      }
      usleep(pause)
      pause = min(pause * 2, 16_000)
    }
  }

  /// Whether the locked file is the one at the path, and not one that was removed or exchanged meanwhile.
  private static func isStill(_ file: Int32, at path: String) -> Bool {
    var locked = stat()
    var named = stat()
    guard unsafe fstat(file, &locked) == 0, unsafe stat(path, &named) == 0 else { return false }
    return locked.st_ino == named.st_ino && locked.st_dev == named.st_dev
  }

  /// Writes down who holds the lock. A full disk must not keep anybody from the lock, so that a failure only
  /// means that the message of whoever waits names nobody.
  private borrowing func announce() {
    let text = Array(LockHolder.current().text.utf8)
    guard ftruncate(file, 0) == 0 else { return }
    _ = unsafe text.withUnsafeBytes { unsafe pwrite(file, $0.baseAddress, $0.count, 0) }
  }

  private static func readHolder(_ file: Int32) -> LockHolder? {
    let text = unsafe [UInt8](unsafeUninitializedCapacity: 1024) { buffer, count in
      count = max(0, unsafe pread(file, buffer.baseAddress, 1024, 0))
    }
    return LockHolder(text: String(decoding: text, as: UTF8.self))
  }
}
