// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How batches are made.
package enum Sampler: String, Sendable, CaseIterable {
  /// Every record is in a batch with the same chance, independently of all others and of other batches.
  case poisson
  /// The records are shuffled and cut into batches, again and again: each is in one batch a pass.
  case shuffle
}

extension Phase {
  /// What holds for shuffled batches: a pass over the data is one look at each record, with nothing gained by sampling.
  ///
  /// Within a pass the batches are about different records, so it tells about one of them no more than one step without
  /// sampling does; passes add up. It is not proved that shuffling is any better than that, and it is much worse than Poisson
  /// sampling (Chua et al. 2024, arXiv 2403.17673; Annamalai et al., arXiv 2411.10614).
  package var shuffled: Phase {
    get throws(AccountingError) {
      guard samplingRate > 0, samplingRate < 1 else { return self }
      // A rate such as 1/3 is no exact number: passes that are whole up to rounding are whole.
      let passes = (samplingRate * Double(steps) * (1 - 1e-12)).rounded(.up)
      return try Phase(
        mechanism: mechanism, noiseMultiplier: noiseMultiplier, samplingRate: 1, steps: Int(max(1, passes)))
    }
  }
}
