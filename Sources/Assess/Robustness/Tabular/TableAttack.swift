// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Random numbers one after the other, from a place of ``CounterRandom``.
struct RandomStream {
  private let random: CounterRandom
  private let row: Int
  private var place = 0

  init(_ random: CounterRandom, row: Int) { (self.random, self.row) = (random, row) }

  /// Evenly spread over [0, 1).
  mutating func unit() -> Double {
    place += 1
    return Double(random.unit(row, place))
  }

  /// A whole number below `bound`.
  mutating func below(_ bound: Int) -> Int { min(bound - 1, Int(unit() * Double(bound))) }

  /// Normal, as the sum of twelve even ones less six.
  mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + unit() } }
}

extension AttackModel {
  /// The score of the right class minus the highest other: below zero the model is wrong. Nil where a score is not finite.
  func margin(_ logits: [Float], at row: Int, label: Int64) -> Float? {
    let scores = logits[row * classCount..<(row + 1) * classCount]
    guard scores.allSatisfy(\.isFinite) else { return nil }
    let own = scores.startIndex + Int(label)
    var other = -Float.infinity
    for index in scores.indices where index != own { other = max(other, scores[index]) }
    return scores[own] - other
  }

  /// Whether the model is wrong about each of some rows.
  func areWrong(_ rows: [[Float]], labels: [Int64]) throws(RobustnessError) -> [Bool] {
    guard !rows.isEmpty else { return [] }
    let logits = try logits(rows.flatMap { $0 }, count: rows.count)
    return rows.indices.map { best(logits, at: $0) != labels[$0] }
  }
}

extension AttackPlan {
  /// What is run on a table: with slopes first CAPGD, and the genetic search on what is left. Nil for a plan that tables do not have.
  func attacks(on space: TableSpace, hasSlopes: Bool) -> [any Attack]? {
    let (slopes, search): (CAPGD, GeneticSearch)
    switch self {
    case .fast:
      slopes = CAPGD(space: space, steps: 40, starts: 1)
      search = GeneticSearch(space: space, population: 60, offspring: 40, generations: 25)
    case .standard:
      slopes = CAPGD(space: space, steps: 100, starts: 5)
      search = GeneticSearch(space: space, population: 203, offspring: 100, generations: 100)
    default: return nil
    }
    return hasSlopes ? [slopes, search] : [search]
  }
}
