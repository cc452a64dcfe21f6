// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The largest margin with which a model can be made to answer each class (MM-BD, Wang et al. 2024, arXiv 2205.06900): the maximum
/// over all inputs of z_c - max_{k != c} z_k. A class that a trigger leads to has a margin that no data explain.
struct MaximumMargin: Sendable {
  /// Inputs that the search starts from for each class.
  var starts = 8
  var steps = 80
  var rate: Float = 0.05

  /// - Parameters:
  ///   - slopes: of the loss `margin`.
  ///   - start: places to start from as shares of the range, row after row: the same for every class and every model.
  /// - Returns: by class, in logits.
  func margins(
    _ slopes: Slopes, _ domain: InputDomain, start: [Float]
  ) throws(BackdoorError) -> [Double] {
    let (classes, width) = (slopes.classes, domain.width)
    let each = start.count / max(1, width)
    let labels = (0..<classes).flatMap { [Int64](repeating: Int64($0), count: each) }
    var shares = (0..<classes).flatMap { _ in start }
    var best = [Float](repeating: -.infinity, count: classes)
    var adam = Adam(count: shares.count, beta1: 0.9, beta2: 0.99)
    for step in 0...steps {
      let answer = try slopes(domain.values(shares), labels: labels)
      for (row, loss) in answer.losses.enumerated() where loss.isFinite {
        best[row / each] = max(best[row / each], -loss)
      }
      guard step < steps else { break }
      var directions = answer.slopes
      for place in directions.indices { directions[place] *= domain.spans[place % width] }
      adam.step(&shares, directions, rate: rate * (1 - Float(step) / Float(steps)))
      for place in shares.indices { shares[place] = min(1, max(0, shares[place])) }
    }
    return best.map(Double.init)
  }
}
