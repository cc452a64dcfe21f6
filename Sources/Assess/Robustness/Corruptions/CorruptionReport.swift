// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What is to be found out about a model and corrupted pictures.
package struct CorruptionOrder: Sendable, Equatable {
  package var corruptions: [Corruption]
  /// From 1 to 5.
  package var severities: [Int]
  package var seed: UInt64
  /// Nothing new is begun after this many seconds; nil for no limit.
  package var seconds: Double?

  package init(
    corruptions: [Corruption] = Corruption.allCases, severities: [Int] = Array(Corruption.severities),
    seed: UInt64 = 0,
    seconds: Double? = nil
  ) {
    (self.corruptions, self.severities, self.seed, self.seconds) = (corruptions, severities, seed, seconds)
  }
}

/// How often a model is right about corrupted pictures.
package struct CorruptionReport: Sendable {
  /// A picture that the model is right about as it is, and wrong about corrupted.
  package struct Fooled: Sendable, Equatable {
    package let row: Int
    /// What the model says; nil where its scores are not finite.
    package let answer: Int64?
  }

  /// One corruption at one severity.
  package struct Cell: Sendable, Equatable {
    package let corruption: Corruption
    package let severity: Int
    package let right: Proportion
    /// By how much a value changed, on average; values go from 0 to 1.
    package let change: Double
    package let fooled: [Fooled]
  }

  package let order: CorruptionOrder
  package let clean: Proportion
  /// Ordered by corruption, then by severity.
  package let cells: [Cell]
  /// Corruptions that were asked for and cannot change these pictures.
  package let leftOut: [Corruption]
  /// The output of the model that was taken for its answer.
  package let answeredBy: String
  /// Pixels of a picture, and its channels.
  package let height: Int
  package let width: Int
  package let channels: Int
  /// False when the time was up before everything was measured.
  package let isComplete: Bool
  package let seconds: Double

  /// The data set whose constants were used.
  package var constants: String { max(height, width) <= Severity.smallSide ? "CIFAR-10-C" : "ImageNet-C" }

  /// Those that were measured.
  package var corruptions: [Corruption] {
    order.corruptions.filter { corruption in cells.contains { $0.corruption == corruption } }
  }

  /// Whether every corruption that can change such pictures was measured at every severity: only then is the mean one that can
  /// be compared with others.
  package var isWhole: Bool {
    let needed = Corruption.allCases.count { channels > 1 || $0.changesGrey } * Corruption.severities.count
    return isComplete && cells.count == needed
  }

  /// The mean over all cells, a fraction; nil when nothing was measured.
  package var meanAccuracy: Double? { Self.mean(cells) }

  /// The mean over the severities of one corruption.
  package func accuracy(of corruption: Corruption) -> Double? {
    Self.mean(cells.filter { $0.corruption == corruption })
  }

  /// The mean over the corruptions at one severity.
  package func accuracy(at severity: Int) -> Double? { Self.mean(cells.filter { $0.severity == severity }) }

  /// The corruption that costs most, the first where several do.
  package var worst: Corruption? {
    corruptions.min { (accuracy(of: $0) ?? 1) < (accuracy(of: $1) ?? 1) }
  }

  /// How wide the interval of a single cell is at most, a fraction.
  package var widestInterval: Double {
    cells.map { $0.right.interval.upperBound - $0.right.interval.lowerBound }.max() ?? 0
  }

  private static func mean(_ cells: [Cell]) -> Double? {
    cells.isEmpty ? nil : cells.reduce(0) { $0 + $1.right.share } / Double(cells.count)
  }
}

/// How far the measuring is.
package struct CorruptionProgress: Sendable, Equatable {
  package let corruption: Corruption?
  package let done: Int
  package let total: Int
}
