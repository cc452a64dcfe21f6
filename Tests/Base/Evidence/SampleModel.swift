// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// A model of a few files in a directory of its own, removed at the end of the test.
final class SampleModel: Sendable {
  let path: String

  /// - Parameter files: the names of files and what they hold.
  init(_ files: [String: String] = ["config.json": "{}", "sub/part.bin": "part", "weights.bin": "weights"])
    throws
  {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("a model \(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.resolvingSymlinksInPath().path
    for (name, text) in files { try write(name, text) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { path + "/" + name }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)[...]) }

  func write(_ name: String, _ bytes: ArraySlice<UInt8>) throws {
    let file = URL(fileURLWithPath: self(name))
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: self(name), withDestinationPath: target)
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: self(name)) }
}
