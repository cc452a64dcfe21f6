// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation

/// Second names of versions, tags, and where versions come from.
package protocol NameStorage: Sendable {
  /// Lets an alias point to a version. One that is there moves: nobody sees it point nowhere in between.
  /// - Throws: ``RegistryError/noSuchNumber(model:number:)``.
  func point(_ name: String, to number: Int, of model: String, at time: Date) throws(RegistryError)

  /// - Throws: ``RegistryError/noSuchAlias(model:name:)``.
  func removeAlias(_ name: String, of model: String) throws(RegistryError)

  /// By model and name.
  func aliases(of model: String?) throws(RegistryError) -> [Alias]

  /// Sets a tag of a version; with nil takes it away, and one that is not there is no error.
  /// - Throws: ``RegistryError/noSuchNumber(model:number:)``.
  func tag(
    _ model: String, _ number: Int, _ name: String, _ value: String?
  ) throws(RegistryError)

  func tags(of model: String, _ number: Int) throws(RegistryError) -> [String: String]

  /// Says where a version comes from, in the place of what was said before.
  /// - Throws: ``RegistryError/noSuchNumber(model:number:)``.
  func set(_ lineage: Lineage, of model: String, _ number: Int) throws(RegistryError)

  func lineage(of model: String, _ number: Int) throws(RegistryError) -> Lineage?
}
