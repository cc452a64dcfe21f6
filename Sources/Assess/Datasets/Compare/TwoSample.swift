// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Tests of whether two samples come from one distribution.
enum TwoSample {
  struct Outcome: Equatable, Sendable {
    let statistic: Double
    /// How likely so large a difference is by chance.
    let p: Double
    /// From 0 for no difference to 1.
    let effect: Double
  }

  /// Kolmogorov and Smirnov: the largest gap between the two distribution functions. The probability is the asymptotic one with the
  /// correction of Stephens (1970); with ties it is too large rather than too small.
  /// - Precondition: both have values, all finite.
  static func kolmogorovSmirnov(_ first: [Double], _ second: [Double]) -> Outcome {
    let (a, b) = (first.sorted(), second.sorted())
    var (i, j, gap) = (0, 0, 0.0)
    while i < a.count, j < b.count {
      let value = min(a[i], b[j])
      while i < a.count, a[i] == value { i += 1 }
      while j < b.count, b[j] == value { j += 1 }
      gap = max(gap, abs(Double(i) / Double(a.count) - Double(j) / Double(b.count)))
    }
    let size = (Double(a.count) * Double(b.count) / Double(a.count + b.count)).squareRoot()
    let lambda = (size + 0.12 + 0.11 / size) * gap
    return Outcome(statistic: gap, p: kolmogorov(lambda), effect: gap)
  }

  /// The upper tail of Kolmogorov's distribution.
  static func kolmogorov(_ lambda: Double) -> Double {
    guard lambda > 0.2 else { return 1 }
    var (sum, sign) = (0.0, 2.0)
    for k in 1...100 {
      let term = sign * exp(-2 * Double(k * k) * lambda * lambda)
      sum += term
      if abs(term) < 1e-16 { break }
      sign = -sign
    }
    return min(1, max(0, sum))
  }

  /// Pearson's chi-square for counts in the same classes; classes of which fewer than 5 are expected are taken together. The effect is
  /// Cramér's V. Nil where fewer than two classes are left.
  static func chiSquare(_ first: [Int], _ second: [Int]) -> Outcome? {
    let (totalA, totalB) = (first.reduce(0, +), second.reduce(0, +))
    guard totalA > 0, totalB > 0 else { return nil }
    let share = Double(min(totalA, totalB)) / Double(totalA + totalB)
    var classes: [(Int, Int)] = []
    var rare = (0, 0)
    for (a, b) in zip(first, second) where a + b > 0 {
      if Double(a + b) * share < 5 { rare = (rare.0 + a, rare.1 + b) } else { classes.append((a, b)) }
    }
    if rare.0 + rare.1 > 0 { classes.append(rare) }
    guard classes.count > 1 else { return nil }
    let ratio = (Double(totalB) / Double(totalA)).squareRoot()
    let statistic = classes.reduce(0.0) { sum, pair in
      let difference = ratio * Double(pair.0) - Double(pair.1) / ratio
      return sum + difference * difference / Double(pair.0 + pair.1)
    }
    return Outcome(
      statistic: statistic, p: upperGamma(Double(classes.count - 1) / 2, statistic / 2),
      effect: (statistic / Double(totalA + totalB)).squareRoot())
  }

  /// The regularised upper incomplete gamma function Q(a, x): by its series below a + 1, by its continued fraction above (Lentz 1976).
  static func upperGamma(_ a: Double, _ x: Double) -> Double {
    guard x > 0 else { return 1 }
    let front = exp(a * log(x) - x - lgamma(a))
    if x < a + 1 {
      var (term, sum) = (1 / a, 1 / a)
      for n in 1...1_000 {
        term *= x / (a + Double(n))
        sum += term
        if term < sum * 1e-16 { break }
      }
      return max(0, 1 - front * sum)
    }
    let tiny = 1e-300
    var b = x + 1 - a
    var (c, d) = (1 / tiny, 1 / b)
    var fraction = d
    for n in 1...1_000 {
      let step = -Double(n) * (Double(n) - a)
      b += 2
      d = step * d + b
      if abs(d) < tiny { d = tiny }
      c = b + step / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      fraction *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return min(1, front * fraction)
  }

  /// For each probability the smallest share of false alarms at which it counts (Benjamini and Hochberg 1995).
  static func adjusted(_ probabilities: [Double]) -> [Double] {
    let order = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
    var adjusted = probabilities
    var least = 1.0
    for (place, index) in order.enumerated() {
      let rank = Double(probabilities.count - place)
      least = min(least, probabilities[index] * Double(probabilities.count) / rank)
      adjusted[index] = least
    }
    return adjusted
  }
}
