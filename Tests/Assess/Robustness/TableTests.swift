// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletRobustness
import MartletRuntime
import MartletTables
import Testing

/// Attacks on rows of tables, where the answer can be worked out by hand.
@Suite struct TableTests {
  static func run(
    _ model: Bytes, _ rows: [[Float]], _ labels: [Int64], _ schema: String, radius: Float, norm: Norm = .linf,
    plan: AttackPlan = .fast, seed: UInt64 = 0, batch: Int? = nil
  ) throws -> PlanReport {
    let inputs = try Tensor(float32: rows.flatMap { $0 }, shape: [rows.count, rows[0].count])
    return try Assessment(
      model: model, inputs: inputs, labels: labels, box: .range(of: inputs),
      library: RuntimeLibrary.open(), options: .init(threads: 2, batch: batch)
    ).run(AttackOrder(plan: plan, norm: norm, radius: radius, seed: seed, schema: TableSchema(yaml: schema)))
  }

  /// One row against one linear model.
  private static func change(
    _ weights: [Float], above threshold: Float, _ row: [Float], _ schema: String, radius: Float,
    norm: Norm = .linf
  ) throws -> PlanReport.Example {
    let model = LinearClassifier(weights: weights, threshold: threshold)
    let report = try run(
      model.bytes, [row], [model.label(row)], "features:\n" + schema, radius: radius, norm: norm)
    return report.examples[0]
  }

  @Test func theCheapestChangeIsTheBorder() throws {
    let schema =
      "  - { name: a, type: real, low: 0, high: 10, unit: EUR }\n  - { name: b, type: real, low: 0, high: 10 }"
    let found = try Self.change([1, 0], above: 5, [4, 4], schema, radius: 0.3)
    #expect(found.outcome == .fooled)
    let change = try #require(found.changes?.first)
    #expect(found.changes?.count == 1 && change.feature == "a" && change.unit == "EUR")
    #expect(change.from == .number(4))
    guard case .number(let to) = change.to else { return }
    #expect((5...5.05).contains(to), "\(to)")
    #expect(abs(found.distance! - Float(to - 4) / 10) < 1e-5)
    #expect(try Self.change([1, 0], above: 5, [4, 4], schema, radius: 0.09).outcome == .resisted)
  }

  @Test(arguments: Norm.allCases) func whatIsComputedFollows(_ norm: Norm) throws {
    let schema = """
        - { name: total, type: real, low: 0, high: 20 }
        - { name: a, type: real, low: 0, high: 10 }
        - { name: b, type: real, low: 0, high: 10, change: no }
      relations: ["total == a + b"]
      """
    // Only the total counts for the model, and only `a` can move it.
    let found = try Self.change([1, 0, 0], above: 8, [7, 4, 3], schema, radius: 0.2, norm: norm)
    let changes = try #require(found.changes)
    #expect(changes.map(\.feature).sorted() == ["a", "total"], "\(changes)")
    #expect(
      try Self.change([1, 0, 0], above: 8, [7, 4, 3], schema, radius: 0.09, norm: norm).outcome == .resisted)
  }

  @Test func wholeNumbersStayWhole() throws {
    let schema = "  - { name: n, type: integer, low: 0, high: 10, unit: months }"
    let found = try Self.change([1], above: 5.5, [3], schema, radius: 0.35)
    #expect(found.changes?.map(\.description) == ["n 3 → 6 months"])
    #expect(try Self.change([1], above: 5.5, [3], schema, radius: 0.29).outcome == .resisted)
  }

  @Test func whatMayNotChangeDoesNot() throws {
    let schema =
      "  - { name: a, type: real, low: 0, high: 10, change: %@ }\n  - { name: b, type: real, low: 0, high: 10 }"
    for (change, outcome) in [
      ("yes", PlanReport.Outcome.fooled), ("no", .resisted), ("increase", .fooled), ("decrease", .resisted),
    ] {
      let found = try Self.change(
        [1, 0], above: 5, [4, 4], schema.replacing("%@", with: change), radius: 0.3)
      #expect(found.outcome == outcome, "\(change)")
    }
  }

  @Test func categoriesHaveAPrice() throws {
    let groups = """
        - { name: red, group: colour, cost: 0.4 }
        - { name: blue, group: colour, cost: 0.4 }
        - { name: green, group: colour, cost: 0.4, change: no }
        - { name: code, type: category, low: 1, high: 9, cost: 0.4 }
        - { name: flag, type: boolean, cost: 0.4 }
      """
    let row: [Float] = [1, 0, 0, 3, 0]
    func found(_ weights: [Float], _ threshold: Float, _ radius: Float) throws -> PlanReport.Example {
      try Self.change(weights, above: threshold, row, groups, radius: radius, norm: .l2)
    }
    #expect(try found([0, 1, 0, 0, 0], 0.5, 0.5).changes?.map(\.description) == ["colour red → blue"])
    #expect(try found([0, 1, 0, 0, 0], 0.5, 0.3).outcome == .resisted)
    // Nobody can become green.
    #expect(try found([0, 0, 1, 0, 0], 0.5, 0.5).outcome == .resisted)
    #expect(try found([0, 0, 0, 1, 0], 8.5, 0.5).changes?.map(\.description) == ["code 3 → 9"])
    #expect(try found([0, 0, 0, 0, 1], 0.5, 0.5).changes?.map(\.description) == ["flag 0 → 1"])
    // Two of them are 0.57 long.
    #expect(try found([0, 1, 0, 0, 1], 1.5, 0.5).outcome == .resisted)
    #expect(try found([0, 1, 0, 0, 1], 1.5, 0.6).changes?.count == 2)
  }

  @Test func relationsHold() throws {
    let schema = """
        - { name: rate, type: real, low: 0, high: 100 }
        - { name: income, type: real, low: 0, high: 1000, change: no }
      relations: ["rate <= income / 10"]
      """
    #expect(try Self.change([1, 0], above: 49, [40, 500], schema, radius: 0.5).outcome == .fooled)
    #expect(try Self.change([1, 0], above: 51, [40, 500], schema, radius: 0.5).outcome == .resisted)
  }

  @Test func standardisedFeaturesAreToldInRawUnits() throws {
    let schema = "  - { name: age, type: integer, low: 18, high: 98, scale: 10, offset: 40, unit: years }"
    let found = try Self.change([1], above: 0.45, [0], schema, radius: 0.1)
    #expect(found.changes?.map(\.description) == ["age 40 → 45 years"])
  }

  @Test func rowsThatTheSchemaDoesNotAllowAreLeftOut() throws {
    let schema = "features:\n  - { name: a, type: integer, low: 0, high: 10 }"
    let model = LinearClassifier(weights: [1], threshold: 5.5)
    var rows = (0..<20).map { [Float($0 % 11)] }
    rows[7] = [2.5]
    let report = try Self.run(model.bytes, rows, rows.map(model.label), schema, radius: 0.2)
    #expect(report.examples[7].outcome == .infeasible)
    #expect(report.clean.total == 19 && report.robust.total == 19)
    #expect(report.checks.contains { $0.name == "rows of the data" && $0.trust == .suspect })
    for row in 0..<5 { rows[row] = [0.5] }
    #expect {
      try Self.run(model.bytes, rows, rows.map(model.label), schema, radius: 0.2)
    } throws: {
      "\($0)".contains("6 of 20") && "\($0)".contains("the type of 'a', first at example 0")
    }
  }

  @Test func whatDoesNotFitIsTold() throws {
    let schema = "features:\n  - { name: a, type: real, low: 0, high: 10 }"
    let model = LinearClassifier(weights: [1, 1], threshold: 5)
    #expect(throws: RobustnessError.self) {
      try Self.run(model.bytes, [[1, 1]], [0], schema, radius: 0.2)
    }
    let one = LinearClassifier(weights: [1], threshold: 5)
    #expect(throws: RobustnessError.self) {
      try Self.run(one.bytes, [[1]], [0], schema, radius: 0.2, plan: .pgd)
    }
  }
}
