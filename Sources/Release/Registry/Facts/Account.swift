// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess

/// A principal with all that the store knows about them, for deciding and for showing; no secret is in it.
package struct Account: Sendable, Equatable {
  package let principal: Principal
  package let createdAt: Date
  /// Since when none of their credentials works.
  package let disabledAt: Date?
  package let hasPassword: Bool
  package let hasTOTP: Bool
  package let grants: [Grant]

  package init(
    principal: Principal, createdAt: Date, disabledAt: Date?, hasPassword: Bool, hasTOTP: Bool,
    grants: [Grant]
  ) {
    self.principal = principal
    self.createdAt = createdAt
    self.disabledAt = disabledAt
    self.hasPassword = hasPassword
    self.hasTOTP = hasTOTP
    self.grants = grants
  }

  package var isDisabled: Bool { disabledAt != nil }
}
