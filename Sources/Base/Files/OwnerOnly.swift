// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

/// Keeps secrets in files and directories that only their owner can open.
package enum OwnerOnly {
  /// No key file is longer than this.
  private static let longestSecret = 1 << 20

  /// Makes a directory with mode 0700, and the ones above it.
  /// - Throws: ``FilesError/tooOpen(path:mode:isDirectory:)`` for one that is there and that others may enter,
  ///   ``FilesError/foreignOwner(path:owner:)`` for one that belongs to someone else.
  package static func createDirectory(_ path: String) throws(FilesError) {
    try Directory.make(path, mode: 0o700)
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { throw .system(.open, path: path, code: errno) }
    try check(facts, path: path, isDirectory: true)
  }

  /// Writes a new secret with mode 0600, durably. Refuses a path that is taken with `EEXIST`: a key that is
  /// overwritten is lost.
  package static func create(_ path: String, with secret: Span<UInt8>) throws(FilesError) {
    try DurableFile.create(path, with: secret, mode: 0o600)
  }

  /// Reads a secret, or nil when there is none.
  ///
  /// Refuses a file that its group or others may read, write or execute, one that belongs to another user
  /// (root's are accepted), and a symbolic link. The check is on the opened file, so that it cannot be
  /// exchanged between the check and the reading.
  package static func read(_ path: String) throws(FilesError) -> [UInt8]? {
    try read(path, atMost: longestSecret)
  }

  /// As ``read(_:)``, for what may be longer than a key.
  package static func read(_ path: String, atMost limit: Int) throws(FilesError) -> [UInt8]? {
    try WholeFile.read(path, atMost: limit) { (facts: stat) throws(FilesError) in
      try check(facts, path: path, isDirectory: false)
    }
  }

  /// Looks at a secret, or the directory of secrets, without reading it. Nil when there is none; otherwise throws as ``read(_:)``
  /// would.
  package static func examine(_ path: String, isDirectory: Bool) throws(FilesError) -> Void? {
    var facts = stat()
    guard unsafe lstat(path, &facts) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .system(.open, path: path, code: errno)
    }
    switch facts.st_mode & S_IFMT {
    case S_IFDIR where isDirectory, S_IFREG where !isDirectory: break
    default: throw isDirectory ? .notADirectory(path: path) : .notAFile(path: path)
    }
    return try check(facts, path: path, isDirectory: isDirectory)
  }

  private static func check(_ facts: stat, path: String, isDirectory: Bool) throws(FilesError) {
    guard facts.st_uid == geteuid() || facts.st_uid == 0 else {
      throw .foreignOwner(path: path, owner: facts.st_uid)
    }
    guard facts.st_mode & 0o077 == 0 else {
      throw .tooOpen(path: path, mode: facts.st_mode & 0o7777, isDirectory: isDirectory)
    }
  }
}
