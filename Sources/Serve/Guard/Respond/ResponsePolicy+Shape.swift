// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletAccess

extension ResponsePolicy {
  /// Whether scores change, beside what a watermark does.
  package var changesScores: Bool { labelOnly || top != nil || decimals != nil || temperature != nil }

  func check(_ place: String) throws(GuardError) {
    guard let fault else { return }
    throw .badDocument(
      kind: "guard policy", place: "\(place).\(fault.part)",
      reason: "expected \(fault.expected), found \(fault.found)")
  }

  /// Shapes the scores of some rows in place.
  ///
  /// What is changed at all becomes probabilities: of logits nothing could be left out, and rounded they would say as much
  /// as before. The largest score stays the largest; a score that is no number makes the answer all zeros.
  ///
  /// - Parameters:
  ///   - scores: [N, K]
  ///   - classes: K, at least 1.
  package func shape(_ scores: inout [Float], classes: Int, areLogits: Bool) {
    guard changesScores, classes > 0 else { return }
    for start in stride(from: 0, to: scores.count / classes * classes, by: classes) {
      let row = start..<start + classes
      guard let best = Self.best(scores, row) else {
        for place in row { scores[place] = 0 }
        continue
      }
      if labelOnly {
        for place in row { scores[place] = place == best ? 1 : 0 }
        continue
      }
      Self.soften(&scores, row, best, areLogits: areLogits, temperature: temperature ?? 1)
      if let top, top < classes {
        let order = row.sorted { (scores[$1], $0) < (scores[$0], $1) }
        for place in order.dropFirst(top) { scores[place] = 0 }
      }
      if let decimals {
        let unit = (0..<decimals).reduce(Float(1)) { unit, _ in unit * 10 }
        for place in row { scores[place] = (scores[place] * unit).rounded() / unit }
        // Where rounding made another as large, or all of them 0, the answer still stands out.
        let most = row.reduce(Float(0)) { max($0, scores[$1]) }
        if row.contains(where: { $0 != best && scores[$0] == most }) { scores[best] = most + 1 / unit }
      }
    }
  }

  private static func best(_ scores: [Float], _ row: Range<Int>) -> Int? {
    var best = row.lowerBound
    for place in row {
      guard !scores[place].isNaN else { return nil }
      if scores[place] > scores[best] { best = place }
    }
    return best
  }

  private static func soften(
    _ scores: inout [Float], _ row: Range<Int>, _ best: Int, areLogits: Bool, temperature: Double
  ) {
    if !areLogits && temperature == 1 { return }
    let largest = scores[best]
    var sum: Float = 0
    for place in row {
      let logit = areLogits ? scores[place] - largest : log(max(scores[place], 1e-30) / max(largest, 1e-30))
      // An infinite largest score less itself is no number, and the answer all the same.
      let share = place == best ? 1 : exp(logit / Float(temperature))
      scores[place] = share.isFinite ? share : 0
      sum += scores[place]
    }
    for place in row { scores[place] /= sum }
  }
}
