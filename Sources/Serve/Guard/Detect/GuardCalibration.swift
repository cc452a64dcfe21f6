// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto

/// What the guard knows of a model's benign queries: from rows that were not trained on.
package struct GuardCalibration: Sendable {
  /// The model it is for, 64 hexadecimal digits.
  package let model: String
  /// The names of the tensors that are looked at.
  package let input: String
  package let layer: String?
  package let output: String
  /// By output that names the class of each row in words, or in numbers of its own: what it calls the classes, in their order.
  package let names: [String: [String]]
  /// Whether the output has logits; otherwise probabilities.
  package let areLogits: Bool
  /// How many held-out rows there were.
  package let rows: Int
  /// What each row must be like to be answered.
  package let profile: InputProfile
  /// rho: by how much more often than the held-out rows benign queries may stand out.
  package let slack: Double
  /// eta: the probability, over the draw of the rows, that a threshold's rate is no bound.
  package let doubt: Double
  let inputSpace: ReferenceSpace?
  let layerSpace: ReferenceSpace?
  package let thresholds: [DetectionChannel: [ConformalThreshold]]
  package let bets: BetTable
  /// The scores of the thresholds, by channel; nil for one that is not looked at.
  private let limits: InlineArray<3, ChannelLimits?>

  init(
    model: String, input: String, layer: String?, output: String, areLogits: Bool, rows: Int,
    profile: InputProfile, slack: Double, doubt: Double, inputSpace: ReferenceSpace?,
    layerSpace: ReferenceSpace?, thresholds: [DetectionChannel: [ConformalThreshold]],
    names: [String: [String]]
  ) {
    self.names = names
    (self.model, self.input, self.layer, self.output) = (model, input, layer, output)
    (self.areLogits, self.rows, self.profile) = (areLogits, rows, profile)
    (self.slack, self.doubt, self.inputSpace, self.layerSpace) = (slack, doubt, inputSpace, layerSpace)
    self.thresholds = thresholds
    bets = BetTable(thresholds, slack: slack)
    limits = InlineArray { channel in
      DetectionChannel(rawValue: channel).flatMap { thresholds[$0] }.map(ChannelLimits.init)
    }
  }

  /// Elements of one input, and of one row of the layer.
  package var inputWidth: Int? { inputSpace?.width }
  package var layerWidth: Int? { layerSpace?.width }

  /// What is looked at.
  package var channels: [DetectionChannel] { DetectionChannel.allCases.filter { thresholds[$0] != nil } }

  /// The probability that any of the rates is no bound.
  package var doubtOfAll: Double { min(1, doubt * Double(3 * thresholds.count)) }

  /// Measures one query.
  /// - Parameters:
  ///   - input: one row; empty when there are no numbers to look at.
  ///   - layer: the activations of one row; empty when the model did not give any.
  ///   - scores: the answer's scores of one row; empty when there are none.
  package func marks(input: Span<Float>, layer: Span<Float>, scores: Span<Float>) -> QueryMarks {
    var marks = inputMarks(input)
    if let space = layerSpace, let limits = limits[DetectionChannel.layer.rawValue],
      layer.count == space.width
    {
      limits.mark(.layer, space.distance(layer, enough: limits.lowest, most: limits.highest), in: &marks)
    }
    if let limits = limits[DetectionChannel.margin.rawValue], scores.count > 1 {
      limits.mark(.margin, DetectionChannel.margin(scores, areLogits: areLogits), in: &marks)
    }
    return marks
  }

  /// The marks of the input alone.
  package func inputMarks(_ input: Span<Float>) -> QueryMarks {
    var marks = QueryMarks()
    if let space = inputSpace, let limits = limits[DetectionChannel.input.rawValue],
      input.count == space.width
    {
      limits.mark(.input, space.distance(input, enough: limits.lowest, most: limits.highest), in: &marks)
    }
    return marks
  }
}

/// What each threshold of one channel is exceeded above.
struct ChannelLimits: Sendable {
  /// In the order of ``ConformalThreshold/shares``.
  private let scores: InlineArray<3, Float>
  /// None is exceeded below it, and all are above it.
  let lowest: Float
  let highest: Float

  /// - Parameter thresholds: three.
  init(_ thresholds: [ConformalThreshold]) {
    scores = InlineArray { thresholds[$0].score }
    lowest = thresholds.reduce(.infinity) { min($0, $1.score) }
    highest = thresholds.reduce(-.infinity) { max($0, $1.score) }
  }

  /// NaN counts as above.
  func mark(_ channel: DetectionChannel, _ score: Float, in marks: inout QueryMarks) {
    for place in scores.indices where !(score <= scores[place]) {
      marks.bits |= 1 << UInt16(3 * channel.rawValue + place)
    }
  }
}

extension GuardCalibration {
  /// The SHA-256 of all thresholds: evidence by one calibration is none by another.
  var mark: [UInt8] {
    var text = model
    for channel in DetectionChannel.allCases {
      for threshold in thresholds[channel] ?? [] {
        text +=
          "\n\(channel.name) \(threshold.oneIn) \(threshold.score.bitPattern) \(threshold.rate.bitPattern)"
      }
    }
    return Array(SHA256.hash(data: Array("\(text)\n\(slack.bitPattern)".utf8)))
  }
}
