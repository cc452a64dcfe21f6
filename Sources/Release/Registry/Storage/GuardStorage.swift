// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Whom an operator has let off, until the server that guards the model has heard of it.
package protocol GuardStorage: Sendable {
  /// Leaves word that somebody is let off. One that was left before is replaced.
  func add(_ clearance: GuardClearance) throws(RegistryError)

  /// Those that nobody has heard yet, by model, kind and name.
  func clearances() throws(RegistryError) -> [GuardClearance]

  /// Takes one away that was heard. A later one for the same party stays.
  func remove(_ clearance: GuardClearance) throws(RegistryError)
}
