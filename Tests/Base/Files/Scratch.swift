// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletFiles
import Testing

/// A directory for one test, removed with all that is in it at the end.
final class Scratch: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/martlet files XXXXXX".utf8CString)
    path = try #require(mkdtemp(&template).map { String(cString: $0) })
  }

  deinit { try? Self.remove(path) }

  func callAsFunction(_ name: String) -> String { path + "/" + name }

  func text(_ name: String) throws -> String? {
    try WholeFile.read(path + "/" + name, atMost: 1 << 20).map { String(decoding: $0, as: UTF8.self) }
  }

  func names() throws -> [String] { try Directory.names(in: path) }

  func mode(_ name: String) -> mode_t {
    var facts = stat()
    return stat(path + "/" + name, &facts) == 0 ? facts.st_mode & 0o7777 : 0
  }

  private static func remove(_ path: String) throws {
    if try Directory.kind(of: path) == .directory {
      for name in try Directory.names(in: path) { try remove(path + "/" + name) }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

extension DurableFile {
  static func replace(_ path: String, with text: String, mode: mode_t = 0o644) throws(FilesError) {
    try replace(path, with: Array(text.utf8).span, mode: mode)
  }
}
