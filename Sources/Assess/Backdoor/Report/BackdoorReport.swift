// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What was found in a model.
package struct BackdoorReport: Sendable {
  package enum Verdict: String, Sendable, Codable, CaseIterable { case clean, suspicious }

  package let order: BackdoorOrder
  let domain: InputDomain
  let names: [String]?
  package let classes: Int
  /// Clean rows that were measured on, and that a reference learned at most.
  package let rows: Int
  package let learned: Int
  /// Parts of the rows, of which each reference is measured on one and learns the others; one where it learns rows that came apart.
  package let parts: Int
  package let calibration: Calibration
  /// By statistic, a number for each class, as measured.
  package let observation: [Statistic: [Double]]
  /// The mean over the classes of the share of their rows that is right: of the model, and of the references.
  package let accuracy: Double
  package let referenceAccuracy: Double
  /// By class; empty for a model without slopes.
  package let patches: [Trigger]
  package let shifts: [Trigger]
  /// By class, the best of one, two and three columns; empty for a model with slopes.
  package let valueTriggers: [[ValueTrigger]]
  /// A clean row of another class than the most suspicious, as shares of the range.
  let example: [Float]
  /// References that were kept from before.
  package let reused: Int
  package let seconds: Double

  package var verdict: Verdict { calibration.p < order.significance ? .suspicious : .clean }
  /// The class that inputs with the trigger are taken for; nil where nothing is suspicious.
  package var target: Int? { verdict == .suspicious ? calibration.target : nil }
  package var hasSlopes: Bool { !patches.isEmpty }
  /// References that learn less than the model are no measure for it.
  package var areReferencesWeak: Bool { referenceAccuracy < accuracy - 0.1 }
}
