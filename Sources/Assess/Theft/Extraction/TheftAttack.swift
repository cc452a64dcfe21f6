// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Where a thief's questions come from.
package enum TheftAttack: String, CaseIterable, Sendable {
  /// Inputs like those that the model is made for. Nothing tells them from a customer's.
  case natural
  /// Mixtures of 50 natural inputs, two at a time (Zhang et al. 2018).
  case mixup
  /// 50 natural inputs, and steps from them along the sign of the student's slope (Papernot et al. 2017).
  case jacobian
  /// Numbers drawn evenly from the range of the inputs, without any data.
  case noise

  package var words: String {
    switch self {
    case .natural: "natural data"
    case .mixup: "mixup of 50 inputs"
    case .jacobian: "Jacobian augmentation of 50 inputs"
    case .noise: "noise"
    }
  }

  /// The natural inputs that the thief has, of those that there are.
  static let seeds = 50
  /// The step of ``jacobian``, as a share of the range of the inputs.
  static let step: Float = 0.1
}
