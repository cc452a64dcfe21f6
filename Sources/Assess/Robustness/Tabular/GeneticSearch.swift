// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletTables

/// A genetic search that only asks for scores, for what slopes do not reach: categories, whole numbers, trees. After MOEVA (Simonetto
/// et al. 2022, arXiv 2112.01156), with the same population, offspring and generations.
///
/// Everyone in the population obeys types, groups, directions and the radius. Between two of them the one that breaks the relations
/// less is better, and of those that break none the one about which the model is less sure (Deb 2000).
struct GeneticSearch: Attack {
  let space: TableSpace
  var population = 203
  var offspring = 100
  var generations = 100

  var name: String { "genetic" }

  struct Individual {
    let row: TableRow
    /// What it breaks of the relations; 0 for a row that is allowed.
    let violation: Double
    /// Below zero the model is wrong; nil while nobody has asked.
    var margin: Float?
    /// Decides between equals.
    let lot: Double
  }

  /// Numbers kept for all populations that are searched at once.
  private static let mostNumbers = 16 << 20

  func run(_ targets: Targets, on model: AttackModel) throws(RobustnessError) -> [[Float]?] {
    var found = [[Float]?](repeating: nil, count: targets.count)
    let part = max(1, Self.mostNumbers / (space.schema.width * (population + offspring)))
    for first in stride(from: 0, to: targets.count, by: part) {
      if targets.isOver() { break }
      try search(first..<min(first + part, targets.count), targets, model, &found)
    }
    return found
  }

  private func search(
    _ part: Range<Int>, _ targets: Targets, _ model: AttackModel, _ found: inout [[Float]?]
  ) throws(RobustnessError) {
    var searches: [(breeding: Breeding, people: [Individual])] = []
    for target in part {
      let breeding = Breeding(
        space, target: target, origin: space.row(targets.centers[target]),
        CounterRandom(seed: targets.seed).derived(11_003), row: targets.rows[target])
      // Nothing that could be changed: nothing to search.
      if !breeding.parts.isEmpty { searches.append((breeding, breeding.founders(population))) }
    }
    for generation in 0...generations {
      if searches.isEmpty || targets.isOver() { return }
      try ask(&searches, targets, model, &found)
      searches.removeAll { found[$0.breeding.target] != nil }
      if generation == generations { return }
      for index in searches.indices {
        let (breeding, people) = (searches[index].breeding, Self.fittest(searches[index].people, population))
        searches[index].people =
          people + breeding.children(of: people, offspring, generation: generation + 1)
      }
    }
  }

  private func ask(
    _ searches: inout [(breeding: Breeding, people: [Individual])], _ targets: Targets, _ model: AttackModel,
    _ found: inout [[Float]?]
  ) throws(RobustnessError) {
    for index in searches.indices {
      let target = searches[index].breeding.target
      let open = searches[index].people.indices.filter {
        searches[index].people[$0].margin == nil && searches[index].people[$0].violation == 0
      }
      guard !open.isEmpty else { continue }
      let rows = open.flatMap { searches[index].people[$0].row.values }
      let logits = try model.logits(rows, count: open.count)
      var nearest = Double.infinity
      for (place, person) in open.enumerated() {
        let row = searches[index].people[person].row
        searches[index].people[person].margin =
          model.margin(logits, at: place, label: targets.labels[target]) ?? .infinity
        guard model.best(logits, at: place) != targets.labels[target] else { continue }
        let distance = space.distance(row.raw, searches[index].breeding.origin.raw)
        if distance < nearest { (nearest, found[target]) = (distance, row.values) }
      }
    }
  }

  /// The best, none of them twice.
  private static func fittest(_ people: [Individual], _ count: Int) -> [Individual] {
    var seen: Set<[Float]> = []
    return Array(people.filter { seen.insert($0.row.values).inserted }.sorted(by: isFitter).prefix(count))
  }

  static func isFitter(_ a: Individual, _ b: Individual) -> Bool {
    (a.violation, a.margin ?? .infinity, a.lot) < (b.violation, b.margin ?? .infinity, b.lot)
  }
}
