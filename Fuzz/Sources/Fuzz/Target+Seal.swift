// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEncrypt

extension Target {
  static let seal: [String: Body] = [
    // Everything about sealed files that comes from outside, each taken for what the input might be.
    "age": { bytes in
      _ = try? SealedFile.open(bytes, with: IdentityRing(knowing: knownIdentity))
      if AgeArmor.isArmored(bytes), let inside = try? AgeArmor.decode(bytes) {
        _ = try? SealedFile.unlock(inside, with: IdentityRing(knowing: knownIdentity)).tensors()
      }
      var ring = IdentityRing()
      try? ring.add(identityFile: bytes.span) { throw NoPassphrase() }
      _ = try? SealingRecipient(String(decoding: bytes.array(), as: UTF8.self))
      _ = try? SealedManifest(reading: bytes.span)
    }
  ]

  private struct NoPassphrase: Error {}

  /// The identity of the public age vectors, for which the seeds are sealed.
  private static let knownIdentity =
    "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0"
}

extension IdentityRing {
  fileprivate init(knowing identity: String) throws {
    self.init()
    add(try SealingIdentity(identity))
  }
}
