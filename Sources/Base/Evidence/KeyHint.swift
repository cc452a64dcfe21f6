// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How a signature names the public key it is to be checked with: SHA-256 hex of the key's SPKI PEM text with its last line
/// break, as the OMS tools compute it. It finds the key and proves nothing.
package enum KeyHint {
  package static func of(pem: String) -> String {
    Digest.of(Array((pem.hasSuffix("\n") ? pem : pem + "\n").utf8)).hex
  }
}
