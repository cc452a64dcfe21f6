// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How a model is looked at.
package struct BackdoorOrder: Sendable, Equatable {
  /// Clean models that are trained for comparison.
  package var references: Int
  /// Rows of other classes that a trigger of a class is searched on.
  package var rows: Int
  /// Steps of the search.
  package var steps: Int
  /// The share of clean models that may be taken for bad ones.
  package var significance: Double
  package var seed: UInt64
  /// Models that are worked on at once.
  package var workers: Int?
  /// Below which references are kept; nil for nowhere.
  package var cache: String?

  package init(
    references: Int = 20, rows: Int = 60, steps: Int = 200, significance: Double = 0.01, seed: UInt64 = 0,
    workers: Int? = nil, cache: String? = nil
  ) {
    (self.references, self.rows, self.steps) = (references, rows, steps)
    (self.significance, self.seed, self.workers, self.cache) = (significance, seed, workers, cache)
  }

  func check() throws(BackdoorError) {
    func require(_ holds: Bool, _ parameter: String, _ reason: String) throws(BackdoorError) {
      guard holds else { throw .unsuitableOrder(parameter: parameter, reason: reason) }
    }
    try require(
      (5...1_000).contains(references), "the number of references",
      "expected from 5 to 1000, found \(references)")
    try require(
      (10...10_000).contains(rows), "the number of rows", "expected from 10 to 10000, found \(rows)")
    try require(
      (20...10_000).contains(steps), "the number of steps", "expected from 20 to 10000, found \(steps)")
    try require(
      significance > 0 && significance < 0.5, "the significance",
      "expected a share above 0 and below 0.5, found \(significance)")
  }
}
