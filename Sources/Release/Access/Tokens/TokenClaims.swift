// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import JWTKit

/// The claims of a token whose signature was right. Whether they fit is ``OIDCIssuer``'s to say, at a time that is passed in.
struct TokenClaims: JWTPayload {
  private let members: [String: ClaimValue]

  init(from decoder: any Decoder) throws { members = try [String: ClaimValue](from: decoder) }

  func encode(to encoder: any Encoder) throws { try members.encode(to: encoder) }

  /// jwt-kit asks for it after the signature; the time and the issuer are not known here.
  func verify(using algorithm: some JWTAlgorithm) {}

  /// A claim that must be one text.
  func text(_ name: String) -> String? {
    if case .text(let text) = members[name] { text } else { nil }
  }

  /// A time in seconds since 1970 (RFC 7519, NumericDate).
  func time(_ name: String) -> Date? {
    if case .number(let seconds) = members[name] { Date(timeIntervalSince1970: seconds) } else { nil }
  }

  func has(_ name: String) -> Bool { members[name] != nil }

  /// The texts of a claim, which may lie in another: `realm_access.roles`. A name that has dots itself is looked for first.
  func texts(_ path: String) -> [String] {
    if let value = members[path] { return value.texts }
    var value = ClaimValue.object(members)
    for name in path.split(separator: ".") {
      guard case .object(let members) = value, let next = members[String(name)] else { return [] }
      value = next
    }
    return value.texts
  }
}
