// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What the rows of a table may be: the features in the order in which the model takes them, and what must hold between them.
///
///     features:
///       - { name: income, type: real, low: 0, high: 250000, unit: EUR, change: increase }
///       - { name: age, type: integer, low: 18, high: 99, unit: years, change: no }
///       - { name: car, type: boolean, group: purpose }
///       - { name: house, type: boolean, group: purpose }
///     relations:
///       - installment <= income / 12
package struct TableSchema: Equatable, Sendable {
  /// What is changed as one: a feature, or the members of a one-hot group together.
  package enum Part: Equatable, Sendable {
    case feature(Int)
    case group(name: String, members: [Int])
  }

  package let features: [TableFeature]
  package let relations: [Relation]
  /// In the order of their first features.
  package let parts: [Part]
  /// The equalities by which features are computed from others that may be changed, in the order in which that has to happen.
  package let derivations: [(feature: Int, from: Expression)]

  package var width: Int { features.count }

  /// - Parameter relations: over places in `features`.
  /// - Throws: ``TableError/schema(line:reason:)``.
  package init(features: [TableFeature], relations: [Relation] = []) throws(TableError) {
    guard !features.isEmpty else {
      throw .schema(line: nil, reason: "expected at least one feature, found none")
    }
    self.features = features
    self.relations = relations
    var seen: Set<String> = []
    var groups: [String: [Int]] = [:]
    for (index, feature) in features.enumerated() {
      guard seen.insert(feature.name).inserted else {
        throw .schema(
          line: nil, reason: "expected every feature to have a name of its own, found '\(feature.name)' twice"
        )
      }
      if let reason = feature.fault {
        throw .schema(line: nil, reason: "the feature '\(feature.name)': \(reason)")
      }
      if let group = feature.group { groups[group, default: []].append(index) }
    }
    for (name, members) in groups.sorted(by: { $0.key < $1.key }) {
      if members.count < 2 {
        throw .schema(line: nil, reason: "expected a group of two features or more, found one in '\(name)'")
      }
      if Set(members.map { features[$0].cost }).count > 1 {
        throw .schema(
          line: nil, reason: "expected the members of the group '\(name)' to have one cost, found several")
      }
    }
    var parts: [Part] = []
    for (index, feature) in features.enumerated() {
      guard let group = feature.group else {
        parts.append(.feature(index))
        continue
      }
      if let members = groups.removeValue(forKey: group) {
        parts.append(.group(name: group, members: members))
      }
    }
    self.parts = parts
    derivations = Self.order(relations, features)
  }

  /// Equalities that can be computed one after the other. What would need itself is left to the search.
  private static func order(
    _ relations: [Relation], _ features: [TableFeature]
  ) -> [(feature: Int, from: Expression)] {
    var waiting: [(feature: Int, from: Expression)] = []
    for relation in relations {
      guard let derived = relation.derived, features[derived].change != .no, !features[derived].isDiscrete,
        !waiting.contains(where: { $0.feature == derived })
      else { continue }
      waiting.append((derived, relation.right))
    }
    var ordered: [(feature: Int, from: Expression)] = []
    while !waiting.isEmpty {
      let open = Set(waiting.map(\.feature))
      guard let next = waiting.firstIndex(where: { $0.from.features.isDisjoint(with: open) }) else { break }
      ordered.append(waiting.remove(at: next))
    }
    return ordered
  }

  package static func == (left: TableSchema, right: TableSchema) -> Bool {
    left.features == right.features && left.relations == right.relations
  }

  /// The raw row that a model's row stands for.
  package func raw(_ values: [Float]) -> [Double] {
    features.indices.map { features[$0].raw(values[$0]) }
  }

  /// The model's row for a raw one.
  package func values(_ raw: [Double]) -> [Float] {
    features.indices.map { features[$0].value(raw[$0]) }
  }
}

extension TableFeature {
  /// What is wrong with it, in words; nil when nothing is.
  var fault: String? {
    if name.isEmpty { return "expected a name" }
    if !(low.isFinite && high.isFinite && low <= high && (high - low).isFinite) {
      return "expected `low` to be at most `high`, found \(Self.text(of: low)) and \(Self.text(of: high))"
    }
    if !(scale.isFinite && scale != 0 && offset.isFinite) {
      return "expected a `scale` other than 0 and an `offset`, found \(scale) and \(offset)"
    }
    if !(cost.isFinite && cost > 0) { return "expected a `cost` above 0, found \(cost)" }
    if kind == .boolean, low != 0 || high != 1 {
      return
        "expected the bounds 0 and 1 of a boolean, found \(Self.text(of: low)) and \(Self.text(of: high))"
    }
    if group != nil, kind != .boolean { return "expected a boolean as the member of a group, found \(kind)" }
    if let values {
      if kind != .category { return "expected `values` for a category alone, found them for \(kind)" }
      if values.isEmpty || zip(values, values.dropFirst()).contains(where: { $0 >= $1 }) {
        return "expected the `values` of a category in rising order, found others"
      }
    } else if kind == .category, high - low > 10_000 {
      return "expected a category of at most 10000 codes, found codes from \(low) to \(high)"
    }
    return nil
  }
}
