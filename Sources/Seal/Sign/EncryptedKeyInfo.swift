// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import SwiftASN1

/// `EncryptedPrivateKeyInfo` with PBES2 and AES-CBC (RFC 5958, section 3; RFC 8018, appendix A.4).
struct EncryptedKeyInfo: DERParseable, DERSerializable {
  let derivation: KeyDerivation
  /// 16, 24 or 32.
  let keyBytes: Int
  let iv: [UInt8]
  let ciphertext: [UInt8]

  private static let pbes2: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 5, 13]
  private static let ciphers: [ASN1ObjectIdentifier: Int] = [
    [2, 16, 840, 1, 101, 3, 4, 1, 2]: 16, [2, 16, 840, 1, 101, 3, 4, 1, 22]: 24,
    [2, 16, 840, 1, 101, 3, 4, 1, 42]: 32,
  ]
  private static let aes256: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 1, 42]

  init(derivation: KeyDerivation, keyBytes: Int, iv: [UInt8], ciphertext: [UInt8]) {
    self.derivation = derivation
    self.keyBytes = keyBytes
    self.iv = iv
    self.ciphertext = ciphertext
  }

  init(derEncoded node: ASN1Node) throws {
    self = try DER.sequence(node, identifier: .sequence) { nodes in
      guard let scheme = nodes.next() else { throw SignError.notAKey(found: "an empty key") }
      let algorithm = try AlgorithmNode(scheme)
      guard algorithm.algorithm == Self.pbes2, let parameters = algorithm.parameters else {
        throw SignError.unsupportedEncryption("the scheme \(algorithm.algorithm)")
      }
      let ciphertext = try ASN1OctetString(derEncoded: &nodes)
      return try DER.sequence(parameters, identifier: .sequence) { nodes in
        guard let derivation = nodes.next(), let encryption = nodes.next() else {
          throw SignError.unsupportedEncryption("PBES2 without parameters")
        }
        let cipher = try AlgorithmNode(encryption)
        guard let bytes = Self.ciphers[cipher.algorithm], let iv = cipher.parameters else {
          throw SignError.unsupportedEncryption("the cipher \(cipher.algorithm)")
        }
        return EncryptedKeyInfo(
          derivation: try KeyDerivation(derivation), keyBytes: bytes,
          iv: Array(try ASN1OctetString(derEncoded: iv).bytes), ciphertext: Array(ciphertext.bytes))
      }
    }
  }

  func serialize(into coder: inout DER.Serializer) throws {
    try coder.appendConstructedNode(identifier: .sequence) { coder in
      try coder.appendConstructedNode(identifier: .sequence) { coder in
        try coder.serialize(Self.pbes2)
        try coder.appendConstructedNode(identifier: .sequence) { coder in
          try derivation.serialize(into: &coder)
          try coder.appendConstructedNode(identifier: .sequence) { coder in
            try coder.serialize(Self.aes256)
            try coder.serialize(ASN1OctetString(contentBytes: iv[...]))
          }
        }
      }
      try coder.serialize(ASN1OctetString(contentBytes: ciphertext[...]))
    }
  }
}
