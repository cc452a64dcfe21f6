// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletEvidence

/// Where a version comes from, as whoever offered it says.
package struct Lineage: Codable, Sendable, Equatable {
  /// SHA-256 of the data that it was trained on.
  package let data: Digest?
  /// The version that it was made from: its digest, which holds whatever a store calls it.
  package let parent: Digest?

  package init(data: Digest?, parent: Digest?) {
    self.data = data
    self.parent = parent
  }
}
