// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// How far canaries that were trained on stand out among those that were not: the exposure of Carlini et al. (2019), log2 of the number of
/// references less log2 of the canary's rank among them. An exposure of e is what guessing e bits of a secret saves.
package struct CanaryExposure: Sendable, Equatable {
  /// Fewer references cannot tell a rank that matters.
  package static let fewestReferences = 1_000

  /// Of each canary in the training, in the order of the canaries.
  package let exposures: [Double]
  /// Canaries that were left out of the training, with the one that is ranked.
  package let references: Int

  package var mean: Double { exposures.reduce(0, +) / Double(max(1, exposures.count)) }
  package var largest: Double { exposures.max() ?? 0 }
  /// What canaries of a model that knows nothing of them have on average, about: log2(e) bits.
  package static let meanByChance = 1.4426950408889634

  /// - Returns: nil for fewer than ``fewestReferences`` references, or no canary in the training.
  init?(_ scores: [Double], isIn: [Bool]) {
    let outside = scores.indices.filter { !isIn[$0] }.map { scores[$0] }.sorted()
    references = outside.count + 1
    guard references >= Self.fewestReferences, isIn.contains(true) else { return nil }
    let all = Double(references)
    exposures = scores.indices.filter { isIn[$0] }.map { canary in
      // Among equal references it counts as the last: a score that all share exposes nothing.
      var (low, high) = (0, outside.count)
      while low < high {
        let middle = (low + high) / 2
        if outside[middle] < scores[canary] { low = middle + 1 } else { high = middle }
      }
      let rank = Double(1 + outside.count - low)
      return log2(all) - log2(rank)
    }
  }
}
