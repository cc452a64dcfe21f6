// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Tells whether a registry was written to, by whichever process, without reading anything of it.
package protocol RegistryWatch: Sendable {
  /// A number that is another one after every write.
  func mark() throws(RegistryError) -> Int64
}

/// Changes that others make, for whoever keeps what they have read.
package protocol WatchStorage: Sendable {
  func watch() throws(RegistryError) -> any RegistryWatch
}
