// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletFiles
import MartletLog
import Testing

/// A directory for one test with a log in it, removed with all that is in it at the end.
final class LogScratch: Sendable {
  let home: String
  let verifier: LogVerifierKey
  var directory: String { home + "/log" }

  init(_ name: String = "martlet.test/log") throws {
    var template = Array("/tmp/martlet log XXXXXX".utf8CString)
    home = try #require(mkdtemp(&template).map { String(cString: $0) })
    let key = try LogKey(generatingFor: name)
    try key.write(to: home + "/key")
    verifier = key.verifier
  }

  private init(home: String, verifier: LogVerifierKey) {
    self.home = home
    self.verifier = verifier
  }

  /// The same log in another place.
  func copy() throws -> LogScratch {
    var template = Array("/tmp/martlet log XXXXXX".utf8CString)
    let copy = LogScratch(
      home: try #require(mkdtemp(&template).map { String(cString: $0) }), verifier: verifier)
    let key = try OwnerOnly.read(home + "/key") ?? []
    try OwnerOnly.create(copy.home + "/key", with: key.span)
    for file in try files() {
      try Directory.make(FilePath.parent(of: copy.directory + "/" + file))
      try copy.write(read(file), to: file)
    }
    return copy
  }

  deinit { Self.remove(home) }

  /// A log of entries 0..<size.
  convenience init(size: Int, batch: Int = 10_000) throws {
    try self.init()
    let log = try open()
    var start = 0
    while start < size {
      let end = min(size, start + batch)
      _ = try log.append((start..<end).map(Self.entry))
      start = end
    }
  }

  func open() throws(LogError) -> Log {
    try Log(directory: directory, key: LogKey(contentsOf: home + "/key"))
  }

  var reader: LogReader { LogReader(directory: directory, key: verifier) }

  func verify() throws(LogError) -> LogReport {
    try LogVerification.run(directory: directory, key: verifier)
  }

  static func entry(_ index: Int) -> [UInt8] { Array("entry \(index)".utf8) }

  /// The log's files, relative to its directory.
  func files() throws -> [String] { try Self.files(in: directory, prefix: "") }

  func read(_ file: String) throws -> [UInt8] {
    try #require(try WholeFile.read(directory + "/" + file, atMost: 32 << 20))
  }

  /// Overwrites a file in place, as someone would who tampers with it.
  func write(_ bytes: [UInt8], to file: String) throws {
    let descriptor = Glibc.open(directory + "/" + file, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
  }

  private static func files(in directory: String, prefix: String) throws -> [String] {
    try Directory.names(in: directory).flatMap { name in
      try Directory.kind(of: directory + "/" + name) == .directory
        ? files(in: directory + "/" + name, prefix: prefix + name + "/") : [prefix + name]
    }
  }

  static func remove(_ path: String) {
    if (try? Directory.kind(of: path)) == .directory {
      for name in (try? Directory.names(in: path)) ?? [] { remove(path + "/" + name) }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}
