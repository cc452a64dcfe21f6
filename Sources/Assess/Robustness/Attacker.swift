// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletRuntime

/// Runs ``PGD`` on some of the examples.
struct Attacker {
  let model: GradientModel
  let inputs: Tensor
  let labels: [Int64]
  let bounds: Bounds
  /// How many examples are run together.
  let batch: Int

  /// What came out, in the order of the rows that were attacked.
  struct Result {
    /// The first point on the way that the model gets wrong; nil when there is none.
    var adversarials: [[Float]?]
    /// Points whose gradient was zero in every feature, or not a number, at the start.
    var flat: Int
    /// Points at which the model's scores were not finite.
    var undefined: Int
  }

  /// - Parameter progress: called with the number of examples whose outcome became known.
  func run(
    _ attack: PGD, on rows: [Int], progress: (Int) -> Void = { _ in }
  ) throws(RobustnessError) -> Result {
    var result = Result(adversarials: [], flat: 0, undefined: 0)
    for start in stride(from: 0, to: rows.count, by: batch) {
      let part = Array(rows[start..<min(start + batch, rows.count)])
      try run(attack, on: part, into: &result, progress: progress)
    }
    return result
  }

  private func run(
    _ attack: PGD, on rows: [Int], into result: inout Result, progress: (Int) -> Void
  ) throws(RobustnessError) {
    let width = bounds.low.count
    let first = result.adversarials.count
    result.adversarials += Array(repeating: nil, count: rows.count)
    let examples = try running { () throws(RuntimeError) in try inputs.rows(rows).array(of: Float.self) }
    var points = start(attack, examples, rows)
    // Places in `rows` of the examples that are not fooled yet; `points` has one row for each.
    var alive = Array(rows.indices)
    for step in 0...attack.steps {
      let isLast = step == attack.steps
      let tensor = try running { () throws(RuntimeError) in
        try Tensor(float32: points, shape: [alive.count] + inputs.shape.dropFirst())
      }
      let answer = try model.run(tensor, labels: alive.map { labels[rows[$0]] }, gradient: !isLast)
      let gradient = try running { () throws(RuntimeError) in try answer.gradient?.array(of: Float.self) ?? []
      }
      var next: [Int] = []
      var moved = 0
      for (place, row) in alive.enumerated() {
        let range = place * width..<(place + 1) * width
        if step == 0 && gradient[range].allSatisfy({ $0 == 0 || $0.isNaN }) { result.flat += 1 }
        if answer.classes[place] == nil { result.undefined += 1 }
        if answer.classes[place].map(Int64.init) != labels[rows[row]] {
          result.adversarials[first + row] = Array(points[range])
          continue
        }
        next.append(row)
        guard !isLast else { continue }
        move(&points, to: moved, from: place, gradient, examples, row, attack)
        moved += width
      }
      progress(alive.count - next.count)
      alive = next
      points.removeLast(points.count - moved)
      if alive.isEmpty || isLast { break }
    }
    progress(alive.count)
  }

  private func start(_ attack: PGD, _ examples: [Float], _ rows: [Int]) -> [Float] {
    guard case .random(let seed) = attack.start else { return examples }
    let random = CounterRandom(seed: seed)
    let width = bounds.low.count
    return examples.indices.map { index in
      let feature = index % width
      let radius = attack.radius * (bounds.high[feature] - bounds.low[feature])
      let point = examples[index] + radius * random.symmetric(rows[index / width], feature)
      return max(bounds.low[feature], min(bounds.high[feature], point))
    }
  }

  /// One step of the point at `place`, written to `destination`, which lies at or before it.
  private func move(
    _ points: inout [Float], to destination: Int, from place: Int, _ gradient: [Float], _ examples: [Float],
    _ row: Int, _ attack: PGD
  ) {
    let width = bounds.low.count
    for feature in 0..<width {
      let (low, high) = (bounds.low[feature], bounds.high[feature])
      let radius = attack.radius * (high - low)
      let step = attack.stepSize * (high - low)
      let slope = gradient[place * width + feature]
      // A slope that is not a number leads nowhere, as zero does.
      let way: Float = slope > 0 ? step : slope < 0 ? -step : 0
      let example = examples[row * width + feature]
      let point = points[place * width + feature] + way
      let near = max(example - radius, min(example + radius, point))
      points[destination + feature] = max(low, min(high, near))
    }
  }
}
