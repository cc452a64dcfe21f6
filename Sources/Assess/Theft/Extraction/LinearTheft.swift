// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletRuntime
import MartletTraining

/// Solving for the weights of a linear model: with the differences of logits that full probabilities tell, D + 1 answers fix
/// everything that there is to know (Tramer et al. 2016).
package struct LinearTheft: Sendable {
  /// How many questions it took.
  package let queries: Int
  /// The share of inputs that the copy answers alike.
  package let fidelity: Double

  /// The most elements of an input for which the equations are solved: the work grows with their third power.
  static let mostElements = 1_024
  /// Models of more unknowns are not called linear by a chance of rounding.
  private static let tolerance = 1e-3

  /// Whether logits are a linear function of the input, told by asking: in the middle between two inputs they are then in the
  /// middle between their logits, up to what is added to all of them.
  static func isLinear(_ victim: Victim, _ maker: QueryMaker, areLogits: Bool) throws(TheftError) -> Bool {
    let ends = try maker.queries(.noise, count: 32, seed: 5)
    let values = try running { () throws(RuntimeError) in try ends.array(of: Float.self) }
    let width = maker.lows.count
    var middles = [Float](repeating: 0, count: 16 * width)
    for place in middles.indices { middles[place] = (values[place] + values[16 * width + place]) / 2 }
    let between = try running { () throws(RuntimeError) in
      try Tensor(float32: middles, shape: [16] + maker.shape)
    }
    let (outer, inner) = (try victim.answers(to: ends), try victim.answers(to: between))
    guard !victim.namesOnly else { return false }
    let (a, b) = (differences(outer, areLogits: areLogits), differences(inner, areLogits: areLogits))
    let unknowns = outer.classes - 1
    var largest = 0.0
    for place in a.indices { largest = max(largest, abs(a[place])) }
    return b.indices.allSatisfy { place in
      let expected = (a[place] + a[16 * unknowns + place]) / 2
      return abs(b[place] - expected) <= tolerance * max(1, largest)
    }
  }

  /// Steals a linear model.
  /// - Parameters:
  ///   - measured: what fidelity is measured on, with the victim's own answers.
  /// - Returns: nil where the equations have no one solution.
  init?(
    _ victim: Victim, _ maker: QueryMaker, areLogits: Bool, measured: Tensor, answers: [Int], seed: UInt64
  ) throws(TheftError) {
    let width = maker.lows.count
    guard width <= Self.mostElements else { return nil }
    let questions = try maker.queries(.noise, count: width + 1, seed: seed)
    let said = try victim.answers(to: questions)
    let values = try running { () throws(RuntimeError) in try questions.array(of: Float.self) }
    let unknowns = said.classes - 1
    let right = Self.differences(said, areLogits: areLogits)
    var system = (0...width).map { row in
      values[row * width..<(row + 1) * width].map(Double.init) + [1]
        + right[row * unknowns..<(row + 1) * unknowns]
    }
    guard Self.solve(&system) else { return nil }
    let inputs = try running { () throws(RuntimeError) in try measured.array(of: Float.self) }
    let alike = answers.indices.count { row in
      var (best, most) = (0, 0.0)
      for other in 0..<unknowns {
        var logit = system[width][width + 1 + other]
        for place in 0..<width {
          logit += Double(inputs[row * width + place]) * system[place][width + 1 + other]
        }
        if logit > most { (best, most) = (other + 1, logit) }
      }
      return best == answers[row]
    }
    queries = width + 1
    fidelity = Double(alike) / Double(max(1, answers.count))
  }

  /// [N, K - 1]: by how much the logit of each class is above that of the first.
  private static func differences(_ answers: Victim.Answers, areLogits: Bool) -> [Double] {
    let classes = answers.classes
    return (0..<answers.count).flatMap { row -> [Double] in
      let own = answers.scores[row * classes..<(row + 1) * classes].map { score in
        areLogits ? Double(score) : log(max(Double(score), 1e-30))
      }
      return own.dropFirst().map { $0 - own[0] }
    }
  }

  /// Gauss and Jordan's elimination with the largest pivot of each column.
  private static func solve(_ rows: inout [[Double]]) -> Bool {
    let size = rows.count
    for column in 0..<size {
      guard let pivot = (column..<size).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
        abs(rows[pivot][column]) > 1e-12
      else { return false }
      rows.swapAt(column, pivot)
      let lead = rows[column].map { $0 / rows[column][column] }
      rows[column] = lead
      for row in 0..<size where row != column {
        let factor = rows[row][column]
        guard factor != 0 else { continue }
        for place in column..<lead.count { rows[row][place] -= factor * lead[place] }
      }
    }
    return true
  }
}
