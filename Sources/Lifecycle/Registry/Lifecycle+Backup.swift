// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEncrypt
import MartletEvidence
import MartletFiles
import MartletRegistry

/// Why a store was not copied or put back.
package enum BackupError: Error, Equatable, Sendable {
  case taken(String)
  case noBackup(String)
  case withoutKeys(String)
}

extension BackupError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .taken(let path):
      "expected nothing at \(path), found something: choose another place, or move that away"
    case .noBackup(let path):
      "expected a copy that `martlet backup` has made at \(path), found no martlet.db and log in it"
    case .withoutKeys(let path):
      "the copy \(path) has no keys: put the store's keys directory into it, as `keys`, mode 0700, and try again"
    }
  }
}

extension Lifecycle {
  /// Copies the store as it is at one moment, while others read it and a server answers.
  ///
  /// Database and log are copied while nobody writes either: neither knows what the other does not. Blobs are copied after:
  /// they never change what they open to, and those that a version needs are never removed.
  ///
  /// - Parameters:
  ///   - output: a free path; it becomes a directory that only its owner can enter, whole or not at all.
  ///   - withKeys: the private keys, too. Whoever has that copy has the store.
  /// - Throws: ``BackupError/taken(_:)``, `RegistryError`, `FilesError`.
  package func backUp(to output: String, withKeys: Bool, by principal: String = Record.localPrincipal) throws
  {
    guard try Directory.kind(of: output) == nil else { throw BackupError.taken(output) }
    let home = store.home
    try store.record([
      Record("backup", outcome: withKeys ? "with keys" : "without keys", by: principal, at: Date())
    ])
    let copy = try DurableDirectory(in: FilePath.parent(of: output), mode: 0o600)
    let database = home.path + "/backup-\(UUID().uuidString).db"
    defer { try? Disk.removeFile(database) }
    let versions = try store.withTurn {
      let lock = try FileLock.acquire(home.logLock, purpose: "the log", waitingAtMost: .seconds(30))
      defer { extendLifetime(lock) }
      try store.registry.backUp(to: database)
      try copy.copyTree(home.log, to: "log")
      return try store.registry.versions()
    }
    try copy.copy(database, to: "martlet.db")
    for digest in try store.neededBlobs(of: versions) {
      let path = store.blobs.path(of: digest)
      try copy.copy(path, to: "blobs" + path.dropFirst(home.blobs.count))
    }
    for path in [home.logVerifierKey, home.evidenceVerifierKey, home.certificate]
    where try Directory.kind(of: path) == .file {
      try copy.copy(path, to: String(path.dropFirst(home.path.count + 1)))
    }
    if try Directory.kind(of: home.guards) == .directory { try copy.copyTree(home.guards, to: "guard") }
    if withKeys { try copy.copyTree(home.keys, to: "keys") }
    try copy.commit(asNew: output)
  }
}

/// Puts a store back from a copy.
package enum StoreRestore {
  /// Copies a backup to where a store is to be; there must be none. Whoever calls checks the store then: ``StoreCheck``.
  /// - Throws: ``BackupError``, `FilesError`.
  package static func run(from backup: String, to home: Home) throws {
    guard try Directory.kind(of: home.path) == nil else { throw BackupError.taken(home.path) }
    let source = Home(path: backup)
    guard try Directory.kind(of: source.database) == .file, try Directory.kind(of: source.log) == .directory
    else { throw BackupError.noBackup(backup) }
    guard try Directory.kind(of: source.keys) == .directory else { throw BackupError.withoutKeys(backup) }
    try Directory.make(FilePath.parent(of: home.path), mode: 0o700)
    let copy = try DurableDirectory(in: FilePath.parent(of: home.path), mode: 0o600)
    for name in try Directory.names(in: source.path) {
      switch try Directory.kind(of: source.path + "/" + name) {
      case .directory: try copy.copyTree(source.path + "/" + name, to: name)
      case .file: try copy.copy(source.path + "/" + name, to: name)
      default: break
      }
    }
    try copy.commit(asNew: home.path)
  }
}

extension DurableDirectory {
  fileprivate borrowing func copy(_ source: String, to name: String) throws {
    let bytes = try Bytes(contentsOf: source)
    try write(name) { places in
      try unsafe bytes.withUnsafeBytes { (raw) throws(FilesError) in try unsafe places.write(raw, at: 0) }
    }
  }

  fileprivate borrowing func copyTree(_ source: String, to name: String) throws {
    for child in try Directory.names(in: source) where !child.hasPrefix(DurableFile.temporaryPrefix) {
      let path = source + "/" + child
      switch try Directory.kind(of: path) {
      case .directory: try copyTree(path, to: name + "/" + child)
      case .file: try copy(path, to: name + "/" + child)
      default: break
      }
    }
  }
}
