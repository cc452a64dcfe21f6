// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What a verification of a whole log found.
package struct LogReport: Equatable, Sendable {
  /// At most so many problems are described; ``problemCount`` counts all.
  package static let mostDescribed = 100

  /// After so many the verification stops: a checkpoint may claim more entries than anybody can look for.
  static let mostProblems = 10_000

  /// Nil when the checkpoint could not be believed; then nothing else could be checked.
  package internal(set) var checkpoint: Checkpoint?
  /// How many entries were read and hashed.
  package internal(set) var entriesRead: UInt64 = 0
  package private(set) var problems: [LogProblem] = []
  package private(set) var problemCount = 0

  /// Whether every byte in the directory is what the signed checkpoint says.
  package var isIntact: Bool { problemCount == 0 }
  /// Whether everything that was signed for is there, beside things that belong to no log of this size: an append that was
  /// interrupted leaves such files, and opening the ``Log`` removes them.
  package var hasOnlyStrays: Bool {
    !isIntact && problemCount == problems.count && problems.allSatisfy { $0.kind == .stray }
  }
  /// Whether there were so many problems that not everything was looked at.
  package var wasStopped: Bool { problemCount >= Self.mostProblems }

  mutating func add(_ problem: LogProblem) {
    problemCount += 1
    if problems.count < Self.mostDescribed { problems.append(problem) }
  }
}

/// One thing in a log's directory that is not as it was signed.
package struct LogProblem: Equatable, Sendable {
  package enum Kind: String, Sendable {
    /// The checkpoint is missing, changed or not signed by the log's key. No entry can be trusted.
    case checkpoint
    /// Entries are not those that were signed for; their hashes still are.
    case entries
    /// A file of hashes is not what was signed for; the entries below it are.
    case tile
    /// Entries and hashes contradict each other, and nothing above tells which are right.
    case contradiction
    /// Something stands in the directory that is no part of the log.
    case stray
  }

  package let kind: Kind
  /// Relative to the log's directory.
  package let path: String
  /// The entries that this is about; nil for the checkpoint and for strays.
  package let entries: Range<UInt64>?
  package let expected: String
  package let found: String
}

extension LogProblem: CustomStringConvertible {
  package var description: String {
    if kind == .checkpoint { return "\(path) cannot be trusted, nor any entry: \(found)" }
    let subject =
      switch (kind, entries) {
      case (.entries, let range?): "\(Self.name(range)) in \(path) changed"
      case (.tile, let range?): "the hashes of \(Self.name(range)) in \(path) changed"
      case (.contradiction, let range?): "\(Self.name(range)) and the hashes in \(path) do not fit each other"
      // The name is the attacker's; quoted, it cannot play tricks on a terminal.
      default: "\(path.debugDescription) is not a part of the log"
      }
    return "\(subject): expected \(expected), found \(found)"
  }

  private static func name(_ range: Range<UInt64>) -> String {
    switch range.count {
    case 1: "entry \(range.lowerBound)"
    default: "entries \(range.lowerBound) to \(range.upperBound - 1)"
    }
  }
}
