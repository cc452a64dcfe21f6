// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How the files of a model become the resources of its manifest (OMS 1.0, section 6.3).
package enum Serialization: Sendable, Equatable, Hashable {
  /// One resource a file, named like the file.
  case files
  /// One resource for each `size` bytes of a file, the last may be shorter, named `file:start:end`. Empty files have none.
  case shards(size: Int)

  /// Bytes of a shard where nothing else is said: the specification's.
  package static let standardShard = 1_000_000_000

  /// What a signature calls it.
  package var method: String {
    switch self {
    case .files: "files"
    case .shards: "shards"
    }
  }

  package var shardSize: Int? {
    switch self {
    case .files: nil
    case .shards(let size): size
    }
  }

  /// The parts of a file of `count` bytes that get a digest each.
  package func parts(of count: Int) -> [Range<Int>] {
    guard case .shards(let size) = self else { return [0..<count] }
    return stride(from: 0, to: count, by: size).map { $0..<$0 + min(size, count - $0) }
  }

  /// The name of the resource for a part of a file.
  package func name(of file: String, _ part: Range<Int>) -> String {
    switch self {
    case .files: file
    case .shards: "\(file):\(part.lowerBound):\(part.upperBound)"
    }
  }

  /// The file that a resource is, or is a part of; `nil` for a name that this serialisation does not give.
  package func file(ofResource name: String) -> String? {
    guard case .shards = self else { return name }
    // File names may have colons: only the last two are ours.
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 3, let start = Int(parts[parts.count - 2]), let end = Int(parts[parts.count - 1]),
      start >= 0, start < end, parts[parts.count - 2] == "\(start)", parts[parts.count - 1] == "\(end)"
    else { return nil }
    return parts.dropLast(2).joined(separator: ":")
  }
}
