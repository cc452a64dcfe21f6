// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes

/// A signed token in the compact form (RFC 7515, section 7.1), of which only the header was read. Nothing in it is believed yet.
///
/// Where the header says that its key could be found (`jku`, `x5u`, `jwk`, `x5c`) is not read: keys come from the issuer that
/// the store knows, and from nowhere else.
package struct BearerToken: Sendable {
  let text: String
  package let algorithm: SignatureAlgorithm
  /// Which key of the issuer it is signed with, by its own account.
  package let keyID: String?

  private struct Header: Decodable {
    let alg: String
    let kid: String?
    let typ: String?
    let crit: AnyMember?
  }

  /// Stands for a member of any type: only that it is there matters.
  private struct AnyMember: Decodable {
    init(from decoder: any Decoder) {}
  }

  /// - Throws: ``OIDCError/malformed(_:)``, ``OIDCError/algorithm(_:)``.
  package init(_ text: String) throws(OIDCError) {
    guard text.utf8.count <= Limits.bearerToken else { throw .malformed("expected at most 16 KiB") }
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw .malformed("expected three parts, found \(parts.count)") }
    guard let header = Base64.url.decode(parts[0]), let payload = Base64.url.decode(parts[1]),
      let signature = Base64.url.decode(parts[2])
    else { throw .malformed("expected base64url without padding") }
    guard header.count <= Limits.tokenHeader else { throw .malformed("expected a header of at most 4 KiB") }
    guard !payload.isEmpty, !signature.isEmpty else { throw .malformed("expected a signature and claims") }
    guard let header = try? JSONDecoder().decode(Header.self, from: Data(header)) else {
      throw .malformed("expected a JSON object with alg in the header")
    }
    // An extension that must be understood is not (RFC 7515, section 4.1.11).
    guard header.crit == nil else { throw .malformed("expected no crit in the header") }
    guard ["jwt", "at+jwt", nil].contains(header.typ?.lowercased()) else {
      throw .malformed("expected the type JWT or at+jwt")
    }
    guard let algorithm = SignatureAlgorithm(rawValue: header.alg) else {
      throw .algorithm(String(header.alg.prefix(16)))
    }
    self.text = text
    self.algorithm = algorithm
    keyID = header.kid
  }

  /// Whether a credential has the outer form of such a token, as opposed to an ``APIKey``.
  package static func looksLikeOne(_ text: String) -> Bool {
    text.utf8.count { $0 == UInt8(ascii: ".") } == 2
  }
}
