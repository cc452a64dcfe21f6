// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Which Martlet this is.
package enum MartletVersion {
  /// Semantic version; the changelog has a section for it.
  package static let text = "0.1.0"
}
