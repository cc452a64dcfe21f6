// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletRobustness
import MartletRuntime
import MartletTables
import Testing

/// Whatever the schema and the model are: no row is ever returned that could not be.
@Suite struct TablePropertyTests {
  /// A schema with all kinds of features, a linear model, and rows that the schema allows.
  private struct Case {
    let schema: TableSchema
    let yaml: String
    let model: LinearClassifier
    let rows: [[Float]]

    init(seed: UInt64) throws {
      var state = seed &* 0x9E37_79B9_7F4A_7C15
      func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 40) % bound
      }
      let changes = ["yes", "yes", "yes", "no", "increase", "decrease"]
      var lines: [String] = []
      for index in 0..<3 {
        lines.append(
          "{ name: r\(index), type: real, low: \(-next(50)), high: \(50 + next(100)), change: \(changes[next(6)]), cost: \(1 + next(3)) }"
        )
      }
      for index in 0..<2 {
        lines.append(
          "{ name: n\(index), type: integer, low: 0, high: \(5 + next(30)), change: \(changes[next(6)]), scale: 7, offset: 3 }"
        )
      }
      lines.append("{ name: sum, type: real, low: -1000, high: 1000 }")
      lines.append("{ name: code, type: category, values: [1, 4, 9], cost: 0.3 }")
      lines += (0..<3).map { "{ name: g\($0), group: g, cost: 0.2, change: \(changes[next(6)]) }" }
      lines.append("{ name: flag, type: boolean, cost: 0.3, change: \(changes[next(6)]) }")
      yaml =
        "features:\n" + lines.map { "  - \($0)\n" }.joined()
        + "relations:\n  - sum == r0 + 2 * n0\n  - r1 <= max(r2 + 40, n1) + \(next(60))\n"
      schema = try TableSchema(yaml: yaml)
      var rows: [[Float]] = []
      while rows.count < 8 {
        var raw = schema.features.map { feature -> Double in
          let value = feature.low + Double(next(1_000)) / 1_000 * (feature.high - feature.low)
          return feature.kind == .real ? value : value.rounded()
        }
        raw[5] = raw[0] + 2 * raw[3]
        raw[6] = [1.0, 4, 9][next(3)]
        let one = next(3)
        for member in 0..<3 { raw[7 + member] = member == one ? 1 : 0 }
        let values = schema.values(raw)
        if schema.violation(of: schema.raw(values)) == nil { rows.append(values) }
      }
      self.rows = rows
      let weights = schema.features.map {
        Float(next(200) - 100) / Float(100 * max(1, $0.high - $0.low)) * Float($0.scale)
      }
      let sums = rows.map { row in zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } }.sorted()
      model = LinearClassifier(weights: weights, threshold: (sums[3] + sums[4]) / 2)
    }
  }

  @Test(arguments: 0..<4, Norm.allCases) func noRowIsEverImpossible(_ seed: Int, _ norm: Norm) throws {
    let given = try Case(seed: UInt64(seed) + 1)
    let labels = given.rows.map(given.model.label)
    let report = try TableTests.run(
      given.model.bytes, given.rows, labels, given.yaml, radius: 0.4, norm: norm, seed: UInt64(seed))
    #expect(!report.checks.contains { $0.name == "replay" && $0.trust != .reliable }, "\(report.checks)")
    for (row, values) in zip(report.adversarialPlaces, report.adversarials) {
      let (changed, origin) = (given.schema.raw(values), given.schema.raw(given.rows[row]))
      #expect(given.schema.violation(ofChange: changed, from: origin) == nil)
      #expect(Self.distance(changed, origin, given.schema, norm) <= 0.4001)
      #expect(given.model.label(values) != labels[row])
    }
  }

  /// The distance once more, from its definition.
  private static func distance(_ a: [Double], _ b: [Double], _ schema: TableSchema, _ norm: Norm) -> Double {
    var sizes: [Double] = []
    for part in schema.parts {
      switch part {
      case .feature(let index):
        let feature = schema.features[index]
        let part = abs(a[index] - b[index]) / (feature.high - feature.low)
        sizes.append(feature.cost * (feature.isDiscrete && part > 0 ? 1 : part))
      case .group(_, let members):
        sizes.append(members.contains { a[$0] != b[$0] } ? schema.features[members[0]].cost : 0)
      }
    }
    return norm == .linf ? sizes.max()! : sizes.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  @Test func theSeedDecidesEverything() throws {
    let given = try Case(seed: 3)
    let labels = given.rows.map(given.model.label)
    let runs = try [nil, 5].map { batch in
      try TableTests.run(
        given.model.bytes, given.rows, labels, given.yaml, radius: 0.3, norm: .l2, seed: 9, batch: batch)
    }
    #expect(runs[0].examples.map(\.outcome) == runs[1].examples.map(\.outcome))
    #expect(runs[0].adversarials == runs[1].adversarials)
  }

  /// Trees have no slopes: the genetic search alone finds what fools them.
  @Test func aForestIsFooledWithinItsSchema() throws {
    let path = "Examples/breast-cancer/breast-cancer.npz"
    let table = try Table(npz: Example.bytes(path))
    let draft = try SchemaDraft(of: table)
    let all = try Example.test(of: path)
    let report = try Assessment(
      model: Example.bytes("Examples/breast-cancer/forest.onnx"), inputs: all.inputs.rows(0..<12),
      labels: Array(all.labels.prefix(12)), box: .range(of: all.inputs),
      library: RuntimeLibrary.open(), options: .init(threads: 2)
    ).run(AttackOrder(radius: 0.1, schema: draft.schema))
    #expect(report.attempts.map(\.attack) == ["genetic"])
    #expect(report.robust.hits < report.clean.hits)
    #expect(report.trust != .reliable)
    #expect(report.cheapest.allSatisfy { $0.changes?.isEmpty == false && $0.distance! <= 0.10001 })
  }
}
