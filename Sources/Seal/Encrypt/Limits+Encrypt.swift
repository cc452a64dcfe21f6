// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

extension Limits {
  /// Bytes. The longest header of a sealed file that is read, through its last newline. Room for a hundred
  /// post-quantum recipients; Martlet's own headers have 4,080 bytes.
  package static let sealedHeader = 256 << 10
  /// The most stanzas read from one header. Each that names X25519 costs a key agreement before the
  /// header's MAC can be checked.
  package static let sealedStanzas = 1024
  /// Bytes. The longest file an identity is read from.
  package static let identityFile = 64 << 10
}
