// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletEvidence
package import MartletGuard

/// What stands in front of the answers of one model.
package struct GuardSettings: Equatable, Sendable {
  /// What the guard knows of benign questions.
  package enum Calibration: Equatable, Sendable {
    /// The newest that the store keeps for the version, if it keeps one.
    case ofStore
    /// One that the store keeps, by its digest.
    case digest(Digest)
    case file(String)
    case none
  }

  package var calibration = Calibration.ofStore
  package var policy = GuardPolicy()
  /// A file with the key of the watermark; the store's own where it is nil.
  package var watermarkKey: String?
  /// Whether questions also count for the network they come from. Not behind a proxy, for which all come from one.
  package var countsNetworks = true

  package init() {}
}
