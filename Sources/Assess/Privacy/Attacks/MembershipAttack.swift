// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How an attacker tells who was in the training of a model.
package enum MembershipAttack: String, Sendable, CaseIterable, Codable {
  /// Yeom et al. (2018): the model's loss on the record.
  case loss
  /// How undecided the model is, without the label.
  case entropy
  /// Bertran et al. (2023) and Watson et al. (2022): the loss beside what a regression on non-members expects for such a record.
  case calibrated
  /// Zarifzadeh, Liu and Shokri (2024), offline: beside the mean of shadows that were trained without the record.
  case rmia
  /// Carlini et al. (2022), offline: beside the normal distribution of such shadows.
  case liraOffline = "lira-offline"
  /// Carlini et al. (2022), online: the ratio of the likelihoods with the record and without.
  case liraOnline = "lira-online"
  /// Boosted trees over all of these, which learn on the shadows, of which membership is known.
  case meta

  package var title: String {
    switch self {
    case .loss: "loss"
    case .entropy: "entropy"
    case .calibrated: "calibrated loss"
    case .rmia: "RMIA"
    case .liraOffline: "LiRA, offline"
    case .liraOnline: "LiRA, online"
    case .meta: "META"
    }
  }

  /// Whether it needs shadows.
  package var needsShadows: Bool {
    switch self {
    case .loss, .entropy, .calibrated: false
    case .rmia, .liraOffline, .liraOnline, .meta: true
    }
  }
}
