// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Logistic regression with many classes: linear scores of standardised features, with the squares of the weights as the price of
/// large ones. Learnt by accelerated gradient steps (Nesterov 1983) whose length the data give.
package struct SoftmaxRegression: Sendable {
  private let classes: Int
  /// By feature: what is taken off, and what it is divided by.
  private var means: [Float]
  private var scales: [Float]
  /// [features + 1, classes]; the last row are the offsets.
  private var weights: [Float]

  /// - Parameters:
  ///   - values: row after row of `width` features.
  ///   - labels: of all rows, below `classes`.
  ///   - chosen: the rows to learn from; at least one.
  ///   - price: of the squared weights, as scikit-learn's `1 / C`.
  package init(
    _ values: [Float], width: Int, labels: [Int], classes: Int, rows chosen: [Int], price: Float = 1,
    steps: Int = 200
  ) {
    self.classes = classes
    means = [Float](repeating: 0, count: width)
    scales = [Float](repeating: 1, count: width)
    let count = Float(chosen.count)
    var squares = means
    for row in chosen { for feature in 0..<width { means[feature] += values[row * width + feature] / count } }
    for row in chosen {
      for feature in 0..<width {
        let beside = values[row * width + feature] - means[feature]
        squares[feature] += beside * beside / count
      }
    }
    for feature in 0..<width where squares[feature] > 1e-12 {
      scales[feature] = 1 / squares[feature].squareRoot()
    }
    weights = [Float](repeating: 0, count: (width + 1) * classes)
    let inputs = Self.standardised(values, width, chosen, means, scales)
    // The curvature is at most half of the largest eigenvalue of the inputs' second moments.
    let step = 1 / (0.5 * Self.largestEigenvalue(inputs, width + 1, chosen.count) + price / count)
    var ahead = weights
    var (last, momentum) = (weights, Float(1))
    for _ in 0..<steps {
      let slopes = slopes(at: ahead, inputs, chosen, labels, price / count)
      for index in weights.indices { weights[index] = ahead[index] - step * slopes[index] }
      let next = (1 + (1 + 4 * momentum * momentum).squareRoot()) / 2
      for index in weights.indices {
        ahead[index] = weights[index] + (momentum - 1) / next * (weights[index] - last[index])
      }
      (last, momentum) = (weights, next)
    }
  }

  /// [rows, features + 1], the last one always 1.
  private static func standardised(
    _ values: [Float], _ width: Int, _ rows: [Int], _ means: [Float], _ scales: [Float]
  ) -> [Float] {
    var inputs: [Float] = []
    inputs.reserveCapacity(rows.count * (width + 1))
    for row in rows {
      for feature in 0..<width {
        inputs.append((values[row * width + feature] - means[feature]) * scales[feature])
      }
      inputs.append(1)
    }
    return inputs
  }

  /// By powers, of the mean of the rows' products with themselves.
  private static func largestEigenvalue(_ inputs: [Float], _ width: Int, _ rows: Int) -> Float {
    var vector = [Float](repeating: 1 / Float(width).squareRoot(), count: width)
    var value: Float = 1
    for _ in 0..<20 {
      var next = [Float](repeating: 0, count: width)
      for row in 0..<rows {
        var product: Float = 0
        for feature in 0..<width { product += inputs[row * width + feature] * vector[feature] }
        product /= Float(rows)
        for feature in 0..<width { next[feature] += product * inputs[row * width + feature] }
      }
      value = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard value > 0 else { return 1 }
      vector = next.map { $0 / value }
    }
    return value * 1.05
  }

  private func slopes(
    at weights: [Float], _ inputs: [Float], _ rows: [Int], _ labels: [Int], _ price: Float
  ) -> [Float] {
    let width = means.count + 1
    var slopes = weights
    for index in slopes.indices { slopes[index] *= index < (width - 1) * classes ? price : 0 }
    var scores = [Float](repeating: 0, count: classes)
    let share = 1 / Float(rows.count)
    unsafe inputs.withUnsafeBufferPointer { inputs in
      unsafe weights.withUnsafeBufferPointer { weights in
        unsafe slopes.withUnsafeMutableBufferPointer { slopes in
          for (place, row) in rows.enumerated() {
            for label in 0..<classes { scores[label] = 0 }
            for feature in 0..<width {
              let input = unsafe inputs[place * width + feature]
              for label in 0..<classes { scores[label] += unsafe input * weights[feature * classes + label] }
            }
            Self.softmax(&scores)
            scores[labels[row]] -= 1
            for feature in 0..<width {
              let input = unsafe inputs[place * width + feature] * share
              for label in 0..<classes { unsafe slopes[feature * classes + label] += input * scores[label] }
            }
          }
        }
      }
    }
    return slopes
  }

  private static func softmax(_ scores: inout [Float]) {
    let most = scores.max() ?? 0
    var sum: Float = 0
    for index in scores.indices {
      scores[index] = exp(scores[index] - most)
      sum += scores[index]
    }
    for index in scores.indices { scores[index] /= sum }
  }

  /// Of some rows, [rows, classes].
  package func probabilities(_ values: [Float], rows: [Int]) -> [Float] {
    let width = means.count + 1
    let inputs = Self.standardised(values, width - 1, rows, means, scales)
    var all: [Float] = []
    all.reserveCapacity(rows.count * classes)
    var scores = [Float](repeating: 0, count: classes)
    for place in rows.indices {
      for label in 0..<classes { scores[label] = 0 }
      for feature in 0..<width {
        let input = inputs[place * width + feature]
        for label in 0..<classes { scores[label] += input * weights[feature * classes + label] }
      }
      Self.softmax(&scores)
      all += scores
    }
    return all
  }
}
