// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletAccess

/// An identity provider as the store keeps it.
package struct StoredIssuer: Sendable, Equatable {
  package let issuer: OIDCIssuer
  /// Where its keys are: an `https` address, or the path of a file.
  package let keys: String

  package init(_ issuer: OIDCIssuer, keys: String) {
    self.issuer = issuer
    self.keys = keys
  }
}
