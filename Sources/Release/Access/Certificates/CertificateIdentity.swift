// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Who a client certificate is: its SPIFFE ID, or its subject where it has none.
///
/// It says nothing about whether the certificate is to be believed. A door first has TLS verify the chain against the roots
/// that the store trusts for clients, then makes one of these of the leaf, and looks for the principal that has exactly it.
package enum CertificateIdentity: Hashable, Sendable {
  case spiffe(SPIFFEID)
  /// A distinguished name as RFC 4514 writes it, byte for byte.
  case subject(String)

  /// Bytes.
  private static let longestSubject = 2048

  /// - Parameters:
  ///   - uris: every URI among the subject alternative names of the leaf.
  ///   - subject: its distinguished name as RFC 4514 writes it; empty where it has none.
  /// - Throws: ``CertificateFault``. A certificate with several URIs is nobody's (X509-SVID, section 2), nor
  ///   is one with a malformed SPIFFE ID: its subject must not be believed in the place of that.
  package init(uris: [String], subject: String) throws(CertificateFault) {
    guard uris.contains(where: { $0.lowercased().hasPrefix("spiffe:") }) else {
      guard !subject.isEmpty else { throw .nameless }
      // What reads like the other kind of name must not be found as one.
      guard subject.utf8.count <= Self.longestSubject, !subject.lowercased().hasPrefix("spiffe:") else {
        throw .malformed
      }
      self = .subject(subject)
      return
    }
    guard uris.count == 1 else { throw .severalURIs(uris.count) }
    guard let id = SPIFFEID(uris[0]) else { throw .malformed }
    self = .spiffe(id)
  }

  /// Reads what an administrator writes: a SPIFFE ID, or a subject.
  /// - Throws: ``CertificateFault``.
  package init(written text: String) throws(CertificateFault) {
    let isURI = text.lowercased().hasPrefix("spiffe:")
    try self.init(uris: isURI ? [text] : [], subject: isURI ? "" : text)
  }

  /// What the store finds the principal by.
  package var text: String {
    switch self {
    case .spiffe(let id): id.text
    case .subject(let name): name
    }
  }
}

/// Why nobody is recognised by a certificate.
package enum CertificateFault: Error, Equatable, Sendable {
  case severalURIs(Int)
  case malformed
  case nameless
}

extension CertificateFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .severalURIs(let count): "expected one URI in the certificate, found \(count)"
    case .malformed:
      "expected `spiffe://trust-domain/path` in lower case without `%`, `?`, `#`, `.` or `..` segments, or a subject of at most 2048 bytes; found another name"
    case .nameless: "expected a SPIFFE ID or a subject in the certificate, found neither"
    }
  }
}
