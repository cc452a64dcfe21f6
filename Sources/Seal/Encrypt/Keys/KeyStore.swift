// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Crypto

/// Keys that open sealed files, wherever they are: in memory, behind a passphrase, in a PKCS#11 token or in an age plugin.
///
/// A store is shown every stanza of a header and gives the file key that one of them wraps for it. It ignores the stanzas of
/// kinds that it does not know, and refuses malformed ones of its own kind: a header that nobody's software could have
/// written is an attack or damage. It does not authenticate the header; whoever asked does that with the file key.
package protocol KeyStore: ~Copyable, Sendable {
  /// Whose keys these are, as they stand in a message: `age1…`, `the passphrase`. Never a secret.
  var name: String { get }

  /// The file key, or `nil` when no stanza was made for a key in this store.
  /// - Throws: ``SealError/stanza(index:_:)`` and what the store has of its own.
  borrowing func unwrap(_ stanzas: [AgeStanza]) throws(SealError) -> SymmetricKey?
}
