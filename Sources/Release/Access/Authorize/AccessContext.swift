// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What the one decision is made from, besides who asks for what.
package struct AccessContext: Sendable {
  /// Those of the principal; others in it are ignored.
  package var grants: [Grant]
  /// Of the credential that was shown.
  package var scope: Scope
  /// The id of whoever offered the version that is asked about, where it is about one: nobody approves their own.
  package var submitter: String?

  package init(grants: [Grant], scope: Scope = .unlimited, submitter: String? = nil) {
    self.grants = grants
    self.scope = scope
    self.submitter = submitter
  }
}
