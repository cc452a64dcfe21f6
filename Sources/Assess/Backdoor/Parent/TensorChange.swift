// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How one tensor of a model differs from its parent's.
package struct TensorChange: Sendable, Equatable {
  package enum Kind: String, Sendable, Codable, CaseIterable {
    case added, removed, reshaped, renamed
    /// The same values, rounded to another type.
    case cast
    /// The values on a grid of few steps, or integers with scales.
    case quantised
    /// Elements became zero, the others are as they were.
    case pruned
    /// Single bits of few elements turned.
    case bitFlipped = "bit flipped"
    /// Few elements have other values.
    case edited = "few elements edited"
    /// All values multiplied by one number.
    case scaled
    /// Something of low rank was added: a LoRA that was merged in, or an edit of what the model knows.
    case lowRank = "low rank added"
    /// Between the parent and another.
    case merged
    /// Many values moved a little.
    case fineTuned = "fine-tuned"
    /// The values have nothing to do with the parent's.
    case replaced
    /// Of another type, or bytes whose meaning is not known.
    case other = "changed"
  }

  package let name: String
  package let kind: Kind
  /// Types and shapes, before and after; nil for what was added or removed.
  package let before: String?
  package let after: String?
  package let elements: Int
  package let changed: Int
  /// The length of the difference as a share of the parent's length; nil where there are no numbers to compare.
  package let relative: Double?
  package let cosine: Double?
  /// What else there is to say: which bits, which rank, which weight.
  package let detail: String
  /// Whether it is among what was said to change.
  package var isDeclared = false
}
