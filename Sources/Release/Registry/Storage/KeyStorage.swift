// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess

/// API keys.
package protocol KeyStorage: Sendable {
  /// Stores a key and the grants that come with it: both, or neither.
  /// - Throws: ``RegistryError/tooManyKeys(owner:)`` for a service that has ``StoredKey/mostOfAService`` live ones.
  func add(_ key: StoredKey, grants: [Grant]) throws(RegistryError)

  /// Ends a key now.
  /// - Throws: ``RegistryError/noSuchKey(_:)``.
  func revoke(key id: String, at time: Date) throws(RegistryError)

  /// Writes down that a key was used, unless that was written down within ``StoredKey/precision``.
  func noteUse(of key: StoredKey, at time: Date) throws(RegistryError)

  /// All keys with their owners, the newest first.
  func keys() throws(RegistryError) -> [(key: StoredKey, owner: Principal)]

  /// The key `id` with its owner and everything granted to the owner.
  func key(_ id: String) throws(RegistryError) -> (key: StoredKey, account: Account)?
}
