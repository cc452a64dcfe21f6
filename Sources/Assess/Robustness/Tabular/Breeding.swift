// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletTables

/// How rows are made from rows in ``GeneticSearch``, around one example.
struct Breeding {
  let target: Int
  let origin: TableRow
  /// What may be changed within the radius.
  let parts: [TableSchema.Part]
  private let space: TableSpace
  private let random: CounterRandom
  private let row: Int

  init(_ space: TableSpace, target: Int, origin: TableRow, _ random: CounterRandom, row: Int) {
    (self.space, self.target, self.origin, self.random, self.row) = (space, target, origin, random, row)
    let derived = Set(space.schema.derivations.map(\.feature))
    parts = space.schema.parts.filter { part in
      switch part {
      case .feature(let index):
        let feature = space.schema.features[index]
        if feature.change == .no || derived.contains(index) { return false }
        if feature.isDiscrete { return space.isNear(feature.cost) && space.ranges[index] > 0 }
        let reach = space.reach(index, from: origin.raw)
        return reach.lowerBound < reach.upperBound
      case .group(_, let members):
        return space.isNear(space.schema.features[members[0]].cost)
          && space.choices(members, origin.raw).count > 1
      }
    }
  }

  /// Half of them with few changes and half with many.
  func founders(_ count: Int) -> [GeneticSearch.Individual] {
    (0..<count).map { number in
      var stream = RandomStream(random.derived(number), row: row)
      var raw = origin.raw
      if number.isMultiple(of: 2) {
        for _ in 0...stream.below(3) { mutate(&raw, parts[stream.below(parts.count)], &stream) }
      } else {
        for part in parts where stream.unit() < 0.5 { mutate(&raw, part, &stream) }
      }
      return individual(raw, &stream)
    }
  }

  /// Each part from one of two parents, each the better of two drawn; then some parts change by chance.
  func children(of people: [GeneticSearch.Individual], _ count: Int, generation: Int) -> [GeneticSearch
    .Individual]
  {
    (0..<count).map { number in
      var stream = RandomStream(random.derived(generation << 20 + number), row: row)
      let (mother, father) = (chosen(people, &stream), chosen(people, &stream))
      var raw = mother.row.raw
      for part in parts where stream.unit() < 0.5 { space.copy(part, from: father.row.raw, to: &raw) }
      let rate = 2 / Double(max(2, parts.count))
      for part in parts where stream.unit() < rate { mutate(&raw, part, &stream) }
      return individual(raw, &stream)
    }
  }

  /// `people` are sorted, so that the better of two is the earlier.
  private func chosen(
    _ people: [GeneticSearch.Individual], _ stream: inout RandomStream
  ) -> GeneticSearch.Individual {
    people[min(stream.below(people.count), stream.below(people.count))]
  }

  private func mutate(_ raw: inout [Double], _ part: TableSchema.Part, _ stream: inout RandomStream) {
    switch part {
    case .feature(let index):
      let feature = space.schema.features[index]
      if feature.kind == .boolean {
        raw[index] = 1 - raw[index]
      } else if feature.kind == .category {
        let codes = feature.values ?? []
        raw[index] =
          codes.isEmpty
          ? feature.low + Double(stream.below(Int(space.ranges[index]) + 1))
          : codes[stream.below(codes.count)]
      } else {
        raw[index] = number(raw[index], index, &stream)
      }
    case .group(_, let members):
      let choices = space.choices(members, origin.raw)
      let chosen = choices[stream.below(choices.count)]
      for member in members { raw[member] = member == chosen ? 1 : 0 }
    }
  }

  /// Somewhere else within reach: a little further, at an end, anywhere, or back.
  private func number(_ value: Double, _ index: Int, _ stream: inout RandomStream) -> Double {
    let reach = space.reach(index, from: origin.raw)
    let width = reach.upperBound - reach.lowerBound
    let moved: Double
    switch stream.unit() {
    case ..<0.4: moved = value + stream.normal() * width / 8
    case ..<0.7: moved = stream.unit() < 0.5 ? reach.lowerBound : reach.upperBound
    case ..<0.85: moved = reach.lowerBound + stream.unit() * width
    default: return origin.raw[index]
    }
    // A whole number must not be cut back to where it came from every time.
    let whole = space.schema.features[index].kind == .integer ? moved.rounded() : moved
    return min(max(whole, reach.lowerBound), reach.upperBound)
  }

  /// The allowed row next to it; where none is, one that only breaks relations, so that the search can go through them.
  private func individual(_ raw: [Double], _ stream: inout RandomStream) -> GeneticSearch.Individual {
    let lot = stream.unit()
    if let allowed = space.allowed(raw, from: origin) {
      return GeneticSearch.Individual(row: allowed, violation: 0, margin: nil, lot: lot)
    }
    let broken = space.near(raw, from: origin)
    // What is allowed here is the example itself, which the model gets right.
    let violation = space.schema.relationViolation(broken.raw)
    return GeneticSearch.Individual(
      row: broken, violation: violation > 0 ? violation : .infinity, margin: nil, lot: lot)
  }
}

extension TableSpace {
  /// The row within the radius next to a raw one, whatever the relations say.
  func near(_ raw: [Double], from origin: TableRow) -> TableRow {
    var target = raw
    round(&target, origin)
    cut(&target, origin.raw)
    round(&target, origin)
    derive(&target, origin.raw)
    return settled(target, from: origin)
  }
}
