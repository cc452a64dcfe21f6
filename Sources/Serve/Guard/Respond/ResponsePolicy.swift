// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// How much of an answer somebody gets. Every part takes away; two policies together take away what either does.
package struct ResponsePolicy: Codable, Equatable, Sendable {
  /// Digits behind the point that scores are rounded to; nil for all.
  package var decimals: Int?
  /// Only so many of the largest scores; nil for all.
  package var top: Int?
  /// 1 for the answer and 0 for every other class.
  package var labelOnly: Bool
  /// Above 1, scores tell less of how sure the model is.
  package var temperature: Double?
  /// Whether a few answers are changed, for a copy to give itself away (``AnswerWatermark``).
  package var watermark: Bool

  package init(
    decimals: Int? = nil, top: Int? = nil, labelOnly: Bool = false, temperature: Double? = nil,
    watermark: Bool = false
  ) {
    (self.decimals, self.top, self.labelOnly) = (decimals, top, labelOnly)
    (self.temperature, self.watermark) = (temperature, watermark)
  }

  /// Answers as the model gives them.
  package static let full = ResponsePolicy()

  private enum CodingKeys: String, CodingKey { case decimals, top, labelOnly, temperature, watermark }

  package init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      decimals: try members.decodeIfPresent(Int.self, forKey: .decimals),
      top: try members.decodeIfPresent(Int.self, forKey: .top),
      labelOnly: try members.decodeIfPresent(Bool.self, forKey: .labelOnly) ?? false,
      temperature: try members.decodeIfPresent(Double.self, forKey: .temperature),
      watermark: try members.decodeIfPresent(Bool.self, forKey: .watermark) ?? false)
  }

  func check(_ place: String) throws(GuardError) {
    func require(_ holds: Bool, _ member: String, _ reason: String) throws(GuardError) {
      guard holds else {
        throw .badDocument(kind: "guard policy", place: "\(place).\(member)", reason: reason)
      }
    }
    try require(decimals.map { (0...6).contains($0) } ?? true, "decimals", "expected from 0 to 6")
    try require(top.map { $0 >= 1 } ?? true, "top", "expected at least 1")
    try require(
      temperature.map { $0 >= 0.01 && $0 <= 100 } ?? true, "temperature", "expected from 0.01 to 100")
  }

  /// What is left by both.
  package func and(_ other: ResponsePolicy) -> ResponsePolicy {
    func least(_ one: Int?, _ two: Int?) -> Int? { [one, two].compactMap { $0 }.min() }
    return ResponsePolicy(
      decimals: least(decimals, other.decimals), top: least(top, other.top),
      labelOnly: labelOnly || other.labelOnly,
      temperature: [temperature, other.temperature].compactMap { $0 }.max(),
      watermark: watermark || other.watermark)
  }

  /// Whether answers go out as they are.
  package var changesNothing: Bool { self == .full }
  /// Whether scores change, beside what a watermark does.
  private var changesScores: Bool { labelOnly || top != nil || decimals != nil || temperature != nil }

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
        let unit = Float(pow(10, Double(decimals)))
        for place in row { scores[place] = (scores[place] * unit).rounded() / unit }
        // Where rounding made another as large, or all of them 0, the answer still stands out.
        let most = row.map { scores[$0] }.max() ?? 0
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
