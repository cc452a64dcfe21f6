// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

extension Limits {
  /// Bytes. A bearer token of an identity provider with many groups has about 4 KiB; what is longer is not read.
  package static let bearerToken = 16 << 10
  /// Bytes of the decoded header of such a token.
  package static let tokenHeader = 4 << 10
  /// Bytes of a key set (JWKS).
  package static let keySet = 256 << 10
  /// Keys in a key set.
  package static let keysOfASet = 100
  /// Nested arrays and objects in the claims of a token.
  package static let claimDepth = 8
  /// Bytes of a `Cookie` header.
  package static let cookieHeader = 8 << 10
  /// Bytes of a SPIFFE ID (SPIFFE-ID, section 2.3).
  package static let spiffeID = 2048
  /// Bytes of its trust domain (SPIFFE-ID, section 2.1).
  package static let trustDomain = 255
  /// Bytes of a password as it is typed, before it is normalised.
  package static let password = 1024
  /// Bytes of a principal's name.
  package static let principalName = 128
}
