// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What has to be done to an input, the same for every input, so that a model answers one class.
package struct Trigger: Sendable, Equatable {
  package enum Form: String, Sendable, Codable, CaseIterable {
    /// Some places are covered by a pattern: x' = (1 - m) x + m p.
    case patch
    /// Something is added everywhere: x' = clip(x + d).
    case shift
  }

  package let form: Form
  /// How much of each place is covered, from 0 to 1; of a shift, how much is added at most.
  package let mask: [Float]
  /// By element, as shares of the range: the pattern that covers; of a shift, what is added.
  package let pattern: [Float]
  /// Of a patch, the sum of the mask; of a shift, its length. In places, each as wide as the range.
  package let size: Double
  /// The share of rows of other classes that the model takes for the class with it.
  package let success: Double

  /// A row with the trigger on it, all as shares of the range.
  func applied(to row: ArraySlice<Float>) -> [Float] {
    let places = mask.count
    return row.enumerated().map { index, value in
      switch form {
      case .patch:
        let covered = mask[index % places]
        return value + covered * (pattern[index] - value)
      case .shift: return min(1, max(0, value + pattern[index]))
      }
    }
  }
}
