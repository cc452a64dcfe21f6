// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletTables
import Testing

@Suite struct SchemaTests {
  static let loan = """
    features:
      - { name: income, type: real, low: 0, high: 250000, unit: EUR, change: increase }
      - { name: installment, type: real, low: 0, high: 20000, unit: EUR, scale: 100, offset: 50 }
      - { name: age, type: integer, low: 18, high: 99, unit: years, change: no }
      - { name: car, group: purpose, cost: 0.5 }
      - { name: "house: big", group: purpose, cost: 0.5 }
      - { name: region, type: category, values: [1, 4, 7] }
      - { name: "owner", type: boolean, change: decrease }
    relations:
      - installment <= income / 12
      - { require: "installment <= 0.5 * income", tolerance: 0.01 }
    """

  @Test func aSchemaIsReadAndWrittenAsItWas() throws {
    let schema = try TableSchema(yaml: Self.loan)
    #expect(schema.features.map(\.kind) == [.real, .real, .integer, .boolean, .boolean, .category, .boolean])
    #expect(
      schema.parts == [
        .feature(0), .feature(1), .feature(2), .group(name: "purpose", members: [3, 4]), .feature(5),
        .feature(6),
      ])
    #expect(try TableSchema(yaml: SchemaText.yaml(schema)) == schema)
    let json = String(decoding: try JSONEncoder().encode(schema), as: UTF8.self)
    #expect(try TableSchema(yaml: json) == schema)
  }

  @Test func standardisedValuesAreInRawUnitsForPeople() throws {
    let schema = try TableSchema(yaml: Self.loan)
    let row: [Float] = [60_000, 1.5, 40, 1, 0, 4, 1]
    let raw = schema.raw(row)
    #expect(raw == [60_000, 200, 40, 1, 0, 4, 1])
    #expect(schema.values(raw) == row)
    #expect(schema.violation(of: raw) == nil)
  }

  @Test(
    arguments: [
      ([60_000, 20_001, 40, 1, 0, 4, 1], "'installment' is 20001, outside of 0 to 20000"),
      ([60_000, 200, 40.5, 1, 0, 4, 1], "'age' is 40.5, and no whole number"),
      (
        [60_000, 200, 40, 1, 1, 4, 1],
        "exactly one member of the group 'purpose' must be 1, and their sum is 2"
      ),
      ([60_000, 200, 40, 1, 0, 3, 1], "'region' is 3, and none of its codes"),
      ([1_200, 200, 40, 1, 0, 4, 1], "`installment <= income / 12` does not hold"),
      ([.nan, 200, 40, 1, 0, 4, 1], "'income' is not a finite number"),
      ([60_000, 200, 40, 1, 0, 4, 2], "'owner' is 2, outside of 0 to 1"),
    ] as [([Double], String)])
  func rowsThatCannotBeAreTold(_ row: [Double], _ words: String) throws {
    let violation = try TableSchema(yaml: Self.loan).violation(of: row)
    #expect(violation.map { "\($0)" } == words)
  }

  @Test(
    arguments: [
      (0, 59_999.0, "'income' was changed from 60000 to 59999, and may only increase"),
      (2, 41, "'age' was changed from 40 to 41, and may not be changed"),
      (0, 60_001, nil), (1, 100, nil), (5, 7, nil), (6, 0, nil),
    ] as [(Int, Double, String?)])
  func onlySomeChangesAreAllowed(_ place: Int, _ value: Double, _ words: String?) throws {
    let row: [Double] = [60_000, 200, 40, 1, 0, 4, 1]
    var changed = row
    changed[place] = value
    let violation = try TableSchema(yaml: Self.loan).violation(ofChange: changed, from: row)
    #expect(violation.map { "\($0)" } == words)
  }

  @Test(arguments: [
    ("features: []", "line 1: expected `features` as a list"),
    (
      "features:\n  - { name: a, type: real, low: 0, hihg: 1 }",
      "line 2: feature 1: expected one of the keys name,"
    ),
    (
      "features:\n  - { name: a, type: float, low: 0, high: 1 }",
      "line 2: feature 1: expected `type` as one of real"
    ),
    ("features:\n  - { name: a, type: real, low: 0 }", "no `high`"),
    (
      "features:\n  - { name: a, type: real, low: 0, high: 0x1 }",
      "expected a number such as 0.5, found `0x1`"
    ),
    ("features:\n  - { name: a, type: real, low: 2, high: 1 }", "`low` to be at most `high`"),
    ("features:\n  - { name: a, type: real, low: 2, high: 3, scale: 0 }", "`scale` other than 0"),
    ("features:\n  - { name: a, type: real, low: 2, high: 3, cost: 0 }", "`cost` above 0"),
    ("features:\n  - { name: a, type: real, low: 2, high: 3, change: maybe }", "found `maybe`"),
    (
      "features:\n  - { name: a, type: boolean }\n  - { name: a, type: boolean }",
      "line 3: expected every feature"
    ),
    ("features:\n  - { name: a, group: g }", "a group of two features"),
    ("features:\n  - { name: a, type: real, low: 0, high: 1, group: g }", "a boolean as the member"),
    ("features:\n  - { name: a, type: category, values: [2, 1] }", "rising order"),
    ("features:\n  - { name: a, type: category, low: 0, high: 1000000 }", "at most 10000 codes"),
    ("features:\n  - [a]", "line 2: expected feature 1 as a mapping"),
    ("features:\n  - { name: a, type: boolean }\nrules: []", "line 3: the schema: expected one of the keys"),
    ("features:\n  - { name: a, name: b, type: boolean }", "`name`"),
    ("features: [", "expected YAML"), ("", "expected the schema as a mapping"),
  ]) func whatIsNoSchemaIsTold(_ yaml: String, _ words: String) {
    #expect {
      try TableSchema(yaml: yaml)
    } throws: {
      let text = "\($0)"
      return text.contains(words) && text.hasPrefix("the schema cannot be used: ")
    }
  }

  /// Equalities are computed in the order in which they need each other; a circle is left alone.
  @Test func derivedFeaturesAreOrdered() throws {
    let names = ["total", "a", "b", "twice"]
    let features = names.map { TableFeature(name: $0, kind: .real, low: -100, high: 100) }
    let schema = try TableSchema(
      features: features,
      relations: TableSchema(
        yaml: "features:\n"
          + names.map { "  - { name: \($0), type: real, low: 0, high: 1 }" }.joined(separator: "\n")
          + "\nrelations: [\"twice == 2 * total\", \"total == a + b\", \"a == b\", \"b == a\"]"
      ).relations)
    #expect(schema.derivations.map(\.feature) == [])
    let plain = try TableSchema(features: features, relations: Array(schema.relations.prefix(2)))
    #expect(plain.derivations.map(\.feature) == [0, 3])
  }
}
