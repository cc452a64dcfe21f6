// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletSign

/// Base64 of a signature with SHA-256, whatever the curve.
func legacySignature(_ model: SignedModel, _ text: String, _ curve: SigningKey.Curve) throws -> String {
  let digest = SHA256.hash(data: Data(text.utf8))
  let der =
    switch curve {
    case .p256:
      try P256.Signing.PrivateKey(pemRepresentation: model.keyPEM).signature(for: digest).derRepresentation
    case .p384:
      try P384.Signing.PrivateKey(pemRepresentation: model.keyPEM).signature(for: digest).derRepresentation
    case .p521:
      try P521.Signing.PrivateKey(pemRepresentation: model.keyPEM).signature(for: digest).derRepresentation
    }
  return der.base64EncodedString()
}
