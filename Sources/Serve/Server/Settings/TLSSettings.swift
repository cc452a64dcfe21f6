// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Whose certificate the server shows, and whose it believes.
package struct TLSSettings: Equatable, Sendable {
  /// A certificate that others trust, with its chain, and its key; both PEM.
  package struct Own: Equatable, Sendable {
    package var certificate: String
    package var key: String

    package init(certificate: String, key: String) {
      self.certificate = certificate
      self.key = key
    }
  }

  /// `nil` for the certificate that the server makes for loopback.
  package var own: Own?
  /// Roots of the certificates that clients may have, PEM; `nil` where clients have none.
  package var clients: String?

  package init() {}
}
