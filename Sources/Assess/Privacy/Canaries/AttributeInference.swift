// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletLearners
import MartletRuntime
import MartletTraining

/// How much better a hidden value of a record is guessed with the model than without it.
///
/// Much of what looks like a leak of an attribute is what the other values say about it (Jayaraman and Evans 2022). So an imputer learns
/// on non-members to guess the column from the others and the label, without the model; a second one also has what the model says
/// of the label with each possible value in place. Only the gain of the second over the first is the model's doing, and only what it
/// gains more on members than on other non-members is memory.
package struct AttributeInference: Sendable, Equatable {
  package let column: Int
  /// What the column was cut into.
  package let values: Int
  package let members: Int
  /// Shares of right guesses about members.
  package let withModel: BinomialShare
  package let withoutModel: BinomialShare
  /// Of members, a share; and its 95 % interval, of paired guesses.
  package let gain: Double
  package let gainInterval: ClosedRange<Double>
  /// The gain on non-members that no imputer learned from.
  package let gainOnNonmembers: Double

  /// More distinct values than these are cut into five parts with as many records.
  private static let mostValues = 10
  private static let parts = 5

  /// - Parameters:
  ///   - inputs: float32 [N, F], members and non-members.
  ///   - ask: the logit of the right class of each record, of inputs that were changed.
  static func measure(
    column: Int, inputs: Tensor, labels: [Int], isMember: [Bool], seed: UInt64,
    ask: (Tensor) throws(PrivacyError) -> [Float]
  ) throws(PrivacyError) -> AttributeInference {
    guard inputs.shape.count == 2, (0..<inputs.shape[1]).contains(column) else {
      throw .unsuitableOrder(
        parameter: "--attribute",
        reason:
          "expected a column from 0 of a table, found \(column) and records of the shape \(inputs.shape.dropFirst())"
      )
    }
    let (rows, width) = (inputs.shape[0], inputs.shape[1])
    let values = try running { () throws(RuntimeError) in try inputs.array(of: Float.self) }
    let hidden = (0..<rows).map { values[$0 * width + column] }
    let (codes, stand) = cut(hidden)
    guard stand.count > 1 else {
      throw .unsuitableOrder(
        parameter: "--attribute",
        reason: "column \(column) has the same value in all records: nothing is to be guessed")
    }
    // Half of the non-members teach, the others and all members are guessed.
    var random = SeededRandom(seed: seed, stream: 5_000)
    var outside = (0..<rows).filter { !isMember[$0] }
    random.shuffle(&outside)
    let teachers = Array(outside.prefix(outside.count / 2))
    let others = FeatureColumns(
      rowMajor: (0..<rows).flatMap { row in
        (0..<width).filter { $0 != column }.map { values[row * width + $0] } + [Float(labels[row])]
      }, rows: rows, count: width)
    var said: [[Float]] = []
    for value in stand {
      var changed = values
      for row in 0..<rows { changed[row * width + column] = value }
      let tensor = try running { () throws(RuntimeError) in try Tensor(float32: changed, shape: inputs.shape)
      }
      said.append(try ask(tensor))
    }
    let recipe = ForestRecipe(trees: 100, leaf: 2, seed: seed)
    func isRight(_ features: FeatureColumns) -> [Bool] {
      let forest = DecisionForest(
        features, labels: codes, classes: stand.count, rows: teachers, recipe: recipe)
      let shares = forest.probabilities(features)
      return (0..<rows).map { row in
        let own = shares[row * stand.count..<(row + 1) * stand.count]
        return own.firstIndex(of: own.max() ?? 0) == own.startIndex + codes[row]
      }
    }
    let without = isRight(others)
    let with = isRight(others.adding(said))
    let members = (0..<rows).filter { isMember[$0] }
    let rest = Array(outside.dropFirst(teachers.count))
    func gain(_ rows: [Int]) -> (mean: Double, half: Double) {
      let differences = rows.map { (with[$0] ? 1.0 : 0) - (without[$0] ? 1.0 : 0) }
      let n = Double(max(1, rows.count))
      let mean = differences.reduce(0, +) / n
      let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, n - 1)
      return (mean, 1.959963984540054 * (variance / n).squareRoot())
    }
    let (mean, half) = gain(members)
    return AttributeInference(
      column: column, values: stand.count, members: members.count,
      withModel: BinomialShare(members.count { with[$0] }, of: members.count),
      withoutModel: BinomialShare(members.count { without[$0] }, of: members.count), gain: mean,
      gainInterval: mean - half...mean + half, gainOnNonmembers: gain(rest).mean)
  }

  /// - Returns: the part of each value, and a value that stands for each part.
  private static func cut(_ values: [Float]) -> (codes: [Int], stand: [Float]) {
    let distinct = Set(values).sorted()
    if distinct.count <= mostValues {
      let places = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
      return (values.map { places[$0] ?? 0 }, distinct)
    }
    let sorted = values.sorted()
    var ends: [Float] = []
    for part in 1..<parts {
      let end = sorted[part * sorted.count / parts]
      if ends.last.map({ end > $0 }) ?? true { ends.append(end) }
    }
    let codes = values.map { value in ends.count { value >= $0 } }
    // Ends that are the least value leave no part below them.
    let used = Set(codes).sorted()
    let places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    let stand = used.map { code in
      let own = values.indices.filter { codes[$0] == code }.map { values[$0] }.sorted()
      return own[own.count / 2]
    }
    return (codes.map { places[$0] ?? 0 }, stand)
  }
}
