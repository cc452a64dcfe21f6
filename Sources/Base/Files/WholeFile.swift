// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

/// Reads small files in one go.
package enum WholeFile {
  /// The content of a regular file, or nil when there is none. A symbolic link is refused, not followed.
  /// - Throws: ``FilesError/tooLarge(path:limit:)`` before more than `limit` bytes are in memory,
  ///   ``FilesError/notAFile(path:)``, ``FilesError/system(_:path:code:)``.
  package static func read(_ path: String, atMost limit: Int) throws(FilesError) -> [UInt8]? {
    try read(path, atMost: limit, check: { (_: stat) throws(FilesError) in })
  }

  /// As ``read(_:atMost:)``, after `check` has seen the facts of the very file that is read.
  static func read(
    _ path: String, atMost limit: Int, check: (stat) throws(FilesError) -> Void
  ) throws(FilesError) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
    if file < 0 {
      switch errno {
      case ENOENT, ENOTDIR: return nil
      case ELOOP, ENXIO: throw .notAFile(path: path)
      default: throw .system(.open, path: path, code: errno)
      }
    }
    defer { close(file) }
    var facts = stat()
    guard unsafe fstat(file, &facts) == 0 else { throw .system(.read, path: path, code: errno) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    try check(facts)
    guard facts.st_size <= limit else { throw .tooLarge(path: path, limit: limit) }
    return try contents(of: file, path: path, expecting: Int(facts.st_size), atMost: limit)
  }

  /// Reads to the end, which may be elsewhere than the size said when someone is writing to the file.
  private static func contents(
    of file: Int32, path: String, expecting size: Int, atMost limit: Int
  ) throws(FilesError) -> [UInt8] {
    var bytes: [UInt8] = []
    var room = size + 1
    while true {
      var failure: Int32 = 0
      let chunk = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        var got = -1
        repeat { got = unsafe Glibc.read(file, buffer.baseAddress, room) } while got < 0 && errno == EINTR
        if got < 0 { failure = errno }
        count = max(0, got)
      }
      guard failure == 0 else { throw .system(.read, path: path, code: failure) }
      if chunk.isEmpty { return bytes }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      guard bytes.count <= limit else { throw .tooLarge(path: path, limit: limit) }
      room = max(1, min(64 << 10, limit - bytes.count + 1))
    }
  }
}
