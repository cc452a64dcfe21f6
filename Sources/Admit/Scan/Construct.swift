// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Something in an artifact that could have done harm, and why it cannot: a line of the certificate.
package struct Construct: Codable, Sendable, Hashable {
  /// What stands in the artifact, such as `torch._utils._rebuild_tensor_v2` or `keras:Dense`.
  package let construct: String
  /// The allow-list entry that covers it: the list or pattern, and the reason why it is harmless.
  package let covered: String

  package init(_ construct: String, covered: String) {
    self.construct = construct
    self.covered = covered
  }
}
