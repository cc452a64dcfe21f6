// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto

/// A public key that files can be sealed for: an X25519 recipient of age, `age1…`.
package struct SealingRecipient: Hashable, Sendable {
  static let prefix = "age"
  static let byteCount = 32

  /// 32 bytes.
  let publicKey: [UInt8]

  init(publicKey: [UInt8]) {
    precondition(publicKey.count == Self.byteCount, "an X25519 public key has 32 bytes")
    self.publicKey = publicKey
  }

  /// Reads `age1…`, all in lower case, with nothing before or after it.
  /// - Throws: ``SealError/recipientText(_:)``.
  package init(_ text: String) throws(SealError) {
    let bytes: [UInt8]
    do throws(KeyTextFault) {
      bytes = try Bech32.decode(prefix: Self.prefix, Array(text.utf8).span)
      guard bytes.count == Self.byteCount else {
        throw KeyTextFault.wrongLength(expected: Self.byteCount, found: bytes.count)
      }
    } catch {
      throw .recipientText(error)
    }
    self.init(publicKey: bytes)
  }
}

extension SealingRecipient: CustomStringConvertible {
  package var description: String {
    String(decoding: Bech32.encode(prefix: Self.prefix, publicKey.span), as: UTF8.self)
  }
}
