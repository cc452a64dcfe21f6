// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletFiles

/// What a path that a user named leads to; links are followed.
enum PathKind {
  case file, directory

  static func of(_ path: String) throws -> PathKind? {
    try Directory.kind(of: path, followingLinks: true).map { $0 == .directory ? .directory : .file }
  }

  /// Without slashes at the end.
  static func trimmed(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
    return String(path)
  }

  /// Sees to it before the work that an output can be written afterwards, and removes what a run that was killed has left there.
  static func prepare(_ output: String, replacing: Bool) throws {
    let output = trimmed(output)
    let parent = FilePath.parent(of: output)
    guard try of(parent) == .directory else {
      throw Unusable(description: "there is no directory \(parent) for the output: make it first")
    }
    if let found = try of(output), !replacing || found == .directory {
      throw Unusable(
        description: found == .directory
          ? "\(output) is a directory that is there already: choose another output, or remove it"
          : "\(output) is there already: choose another output, or use --force")
    }
    try? DurableFile.sweep(parent)
  }
}
