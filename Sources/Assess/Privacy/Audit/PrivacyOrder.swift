// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// What is to be found out about a model and its training data.
package struct PrivacyOrder: Sendable, Equatable {
  package var recipe: ShadowRecipe
  /// At which epsilons are told.
  package var delta: Double
  /// A column whose values an attacker would like to know; nil for none.
  package var attribute: Int?
  /// Whether a fair coin decided of each record whether the model was trained on it, so that the records can be canaries.
  package var isRandomSplit: Bool
  /// What the training is said to guarantee at ``delta``.
  package var claimedEpsilon: Double?
  package var workers: Int

  package init(
    recipe: ShadowRecipe = ShadowRecipe(), delta: Double = 1e-5, attribute: Int? = nil,
    isRandomSplit: Bool = false, claimedEpsilon: Double? = nil,
    workers: Int = ProcessInfo.processInfo.activeProcessorCount
  ) {
    (self.recipe, self.delta, self.attribute) = (recipe, delta, attribute)
    (self.isRandomSplit, self.claimedEpsilon, self.workers) = (isRandomSplit, claimedEpsilon, workers)
  }

  /// - Throws: ``PrivacyError/unsuitableOrder(parameter:reason:)``.
  func check() throws(PrivacyError) {
    func require(_ isRight: Bool, _ parameter: String, _ reason: String) throws(PrivacyError) {
      guard isRight else { throw .unsuitableOrder(parameter: parameter, reason: reason) }
    }
    try require(
      recipe.shadows == 0 || (2...256).contains(recipe.shadows), "--shadows",
      "expected 0 or 2 to 256, found \(recipe.shadows): one shadow has nothing to be compared with")
    try require(
      (1...100_000).contains(recipe.epochs), "--epochs", "expected 1 to 100000, found \(recipe.epochs)")
    try require(recipe.batchSize > 0, "--batch", "expected at least 1, found \(recipe.batchSize)")
    try require(
      recipe.learningRate > 0 && recipe.learningRate.isFinite, "--learning-rate",
      "expected a number above 0, found \(recipe.learningRate)")
    try require(delta > 0 && delta < 1, "--delta", "expected a number between 0 and 1, found \(delta)")
    try require(
      claimedEpsilon.map { $0 >= 0 && $0.isFinite } ?? true, "--claimed-epsilon",
      "expected 0 or more, found \(claimedEpsilon ?? 0)")
  }
}

/// How far an audit is.
package struct PrivacyProgress: Sendable, Equatable {
  package let step: String
  package let done: Int
  package let total: Int
}
