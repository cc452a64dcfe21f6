// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

extension Limits {
  /// Bytes. The longest header of a sealed file that is read, through its last newline. Room for a hundred
  /// post-quantum recipients; Martlet's own headers nearly always have 4,080 bytes.
  package static let sealedHeader = 256 << 10
  /// The most stanzas read from one header. Each that names X25519 costs a key agreement before the
  /// header's MAC can be checked.
  package static let sealedStanzas = 1024
  /// Bytes. The longest file an identity is read from.
  package static let identityFile = 64 << 10
  /// Bytes. The longest file recipients are read from.
  package static let recipientsFile = 1 << 20
  /// Identities in one file: each is tried on each stanza.
  package static let identities = 64
  /// The base-two logarithm of the most work, and of the most memory in KiB, that the passphrase of a file may
  /// cost: 1 GiB. age and rage write 18 to 20.
  package static let scryptWorkFactor = 20
  /// Members of a sealed directory.
  package static let sealedMembers = filesOfAnArtifact
  /// Bytes of the manifest of a sealed directory.
  package static let sealedManifest = 32 << 20
}
