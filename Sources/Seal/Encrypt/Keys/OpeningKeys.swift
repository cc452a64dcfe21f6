// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Crypto

/// Keys that somebody brought along to open a file: identities, or a passphrase.
package enum OpeningKeys: ~Copyable, KeyStore {
  case identities(IdentityRing)
  case passphrase(Passphrase)

  package var name: String {
    switch self {
    case .identities(let ring): ring.name
    case .passphrase(let passphrase): passphrase.name
    }
  }

  package borrowing func unwrap(_ stanzas: [AgeStanza]) throws(SealError) -> SymmetricKey? {
    switch self {
    case .identities(let ring): try ring.unwrap(stanzas)
    case .passphrase(let passphrase): try passphrase.unwrap(stanzas)
    }
  }
}
