// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

/// A file whose first bytes are exchanged in place, for files too large to be written anew for a small change.
///
/// The new bytes are first made durable in a journal beside the file, then written over the old ones and made durable there,
/// and then the journal is removed. A crash at any instant leaves the old start, or a journal that says what the start
/// must be: ``pending(_:)`` gives it to readers, and the next writer finishes what was begun. Whether a journal belongs to the
/// file that stands there now, the caller knows.
package struct InPlaceFile: ~Copyable {
  package let path: String
  private let file: Int32

  /// Opens a file that is there, for this process and no other.
  /// - Throws: ``FilesError/locked(path:purpose:holder:)`` when somebody else changes it now,
  ///   ``FilesError/system(_:path:code:)``.
  package init(_ path: String) throws(FilesError) {
    let file = unsafe open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK)
    guard file >= 0 else { throw .system(.open, path: path, code: errno) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw .locked(path: path, purpose: path, holder: nil)
    }
    self.path = path
    self.file = file
  }

  deinit {
    // A process that another thread is starting has a copy of the descriptor for a moment, and would keep the lock.
    _ = flock(file, LOCK_UN)
    close(file)
  }

  /// Where the journal of a file stands: hidden, beside it.
  package static func journal(of path: String) -> String {
    let parent = FilePath.parent(of: path)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return "\(parent == "/" ? "" : parent)/.\(name).journal"
  }

  /// What the start of the file must become, where a change was interrupted; nil where none was.
  /// - Throws: ``FilesError/tooLarge(path:limit:)``, ``FilesError/notAFile(path:)``, ``FilesError/system(_:path:code:)``.
  package static func pending(_ path: String, atMost limit: Int) throws(FilesError) -> [UInt8]? {
    try WholeFile.read(journal(of: path), atMost: limit)
  }

  /// Exchanges the first bytes.
  package borrowing func replaceStart(with bytes: Span<UInt8>) throws(FilesError) {
    try DurableFile.replace(Self.journal(of: path), with: bytes, mode: 0o600)
    try finish(bytes)
  }

  /// Writes what a journal says, and removes the journal. Safe to do again.
  package borrowing func finish(_ bytes: Span<UInt8>) throws(FilesError) {
    try unsafe bytes.withUnsafeBytes { (raw) throws(FilesError) in
      try unsafe Disk.write(raw, to: file, at: 0, path: path)
    }
    try Disk.sync(file, path: path)
    // Not synced: a journal that comes back after a power cut says what the file already is.
    try discard()
  }

  /// Removes a journal that belongs to another file.
  package borrowing func discard() throws(FilesError) {
    try Disk.removeFile(Self.journal(of: path))
  }
}
