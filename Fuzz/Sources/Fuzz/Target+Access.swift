// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
import MartletBytes

extension Target {
  /// What anybody who reaches a door may send there. What is read must also be written as it came: two spellings of one
  /// credential would be two to whoever compares text.
  static let access: [String: Body] = [
    "api-key": { bytes in
      let text = text(bytes)
      if let key = APIKey(presented: text) { precondition(key.reveal() == text) }
      if let secret = BootstrapSecret(presented: text) {
        precondition(BootstrapSecret(presented: secret.reveal())?.digest == secret.digest)
      }
      if let hash = PasswordHash(text) { precondition(hash.description == text) }
    },
    "session-cookie": { bytes in
      let header = text(bytes)
      if let token = SessionCookie.token(inHeader: header) { precondition(header.contains(token.reveal())) }
    },
    "spiffe-id": { bytes in
      let text = text(bytes)
      if let id = SPIFFEID(text) { precondition(id.text == text && !text.contains("/../")) }
      do throws(CertificateFault) { _ = try CertificateIdentity(written: text) } catch { return }
    },
    "bearer-token": { bytes in
      do throws(OIDCError) { _ = try BearerToken(text(bytes)) } catch { return }
    },
  ]

  private static func text(_ bytes: Bytes) -> String { String(decoding: bytes.array(), as: UTF8.self) }
}
