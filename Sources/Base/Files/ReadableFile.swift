// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

/// An open regular file that is read in pieces, from any thread, into memory of the caller's.
///
/// Large files are read this way rather than mapped where they are read once: what was read does not count as memory of the
/// process, and a file that somebody cuts short is an error instead of a signal.
package final class ReadableFile: Sendable {
  package let path: String
  /// Bytes, when it was opened.
  package let count: Int
  private let file: Int32

  /// - Throws: ``FilesError/notAFile(path:)``, ``FilesError/system(_:path:code:)``.
  package init(_ path: String) throws(FilesError) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard file >= 0 else { throw .system(.open, path: path, code: errno) }
    var facts = stat()
    guard unsafe fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      close(file)
      throw .notAFile(path: path)
    }
    self.path = path
    self.file = file
    count = Int(facts.st_size)
  }

  deinit { close(file) }

  /// Fills `memory` with what stands from `offset` on.
  /// - Throws: ``FilesError/becameShorter(path:offset:)``, ``FilesError/system(_:path:code:)``.
  package func read(into memory: UnsafeMutableRawBufferPointer, at offset: Int) throws(FilesError) {
    var done = 0
    while done < memory.count {
      let got = unsafe pread(file, memory.baseAddress! + done, memory.count - done, off_t(offset + done))
      if got < 0 && errno == EINTR { continue }
      if got == 0 { throw .becameShorter(path: path, offset: offset + done) }
      guard got > 0 else { throw .system(.read, path: path, code: errno) }
      done += got
    }
  }
}
