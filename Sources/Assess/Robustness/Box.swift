// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletRuntime

/// The values that an input may take, and by that the unit in which changes are measured: a radius of 0.1 is a
/// tenth of each feature's width.
package enum Box: Equatable, Sendable {
  /// Every feature lies in [0, 1], as images are given.
  case unit
  /// Each feature has its own lowest and highest value, in the order of one example's memory.
  case perFeature(low: [Float], high: [Float])

  /// The lowest and the highest value of each feature in `inputs`. A feature that never varies may not be changed.
  /// - Throws: ``RobustnessError/runtime(_:)`` when they are not float32, ``RobustnessError/noExamples`` and
  ///   ``RobustnessError/notFinite(row:)``.
  package static func range(of inputs: Tensor) throws(RobustnessError) -> Box {
    let rows = inputs.rowCount ?? 0
    guard rows > 0 else { throw .noExamples }
    let values = try running { () throws(RuntimeError) in try inputs.array(of: Float.self) }
    let width = values.count / rows
    var low = Array(values.prefix(width))
    var high = low
    for (index, value) in values.enumerated() {
      guard value.isFinite else { throw .notFinite(row: index / width) }
      let feature = index % width
      low[feature] = min(low[feature], value)
      high[feature] = max(high[feature], value)
    }
    return .perFeature(low: low, high: high)
  }

  /// What the radius is a fraction of, for a report.
  package var explanation: String {
    switch self {
    case .unit: "of the range [0, 1] that every value lies in"
    case .perFeature(let low, _): "of the range that each of the \(low.count) features has in the data"
    }
  }
}

/// A box with one entry a feature.
struct Bounds: Sendable {
  let low: [Float]
  let high: [Float]

  /// - Throws: ``RobustnessError/unsuitableBox(reason:)``.
  init(_ box: Box, features: Int) throws(RobustnessError) {
    switch box {
    case .unit:
      low = Array(repeating: 0, count: features)
      high = Array(repeating: 1, count: features)
    case .perFeature(let low, let high):
      guard low.count == features, high.count == features else {
        throw .unsuitableBox(
          reason: "expected bounds for \(features) features, found \(min(low.count, high.count))")
      }
      for feature in 0..<features
      where !(low[feature] <= high[feature] && (high[feature] - low[feature]).isFinite) {
        throw .unsuitableBox(reason: "feature \(feature) lies from \(low[feature]) to \(high[feature])")
      }
      self.low = low
      self.high = high
    }
  }

  /// - Throws: ``RobustnessError/notFinite(row:)`` and ``RobustnessError/outsideBox(row:value:low:high:)``.
  func check(_ values: Span<Float>) throws(RobustnessError) {
    for index in values.indices {
      let value = values[index]
      let feature = index % low.count
      guard value.isFinite else { throw .notFinite(row: index / low.count) }
      guard value >= low[feature], value <= high[feature] else {
        throw .outsideBox(row: index / low.count, value: value, low: low[feature], high: high[feature])
      }
    }
  }
}
