// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletTables
import Testing

@Suite struct RelationTests {
  /// A schema of real features from -1000 to 1000 with one relation.
  static func schema(_ relation: String, _ names: [String] = ["a", "b", "c"]) throws -> TableSchema {
    let features = names.map { "  - { name: \"\($0)\", type: real, low: -1000, high: 1000 }" }
    return try TableSchema(
      yaml: "features:\n" + features.joined(separator: "\n") + "\nrelations:\n  - \"\(relation)\"\n")
  }

  @Test(
    arguments: [
      ("a <= b / 12", [1, 12, 0], true), ("a <= b / 12", [1.1, 12, 0], false),
      ("a == b + c", [3, 1, 2], true), ("a == b + c", [3.1, 1, 2], false),
      ("a == b - c * 2", [-3, 1, 2], true), ("a == (b - c) * 2", [-2, 1, 2], true),
      ("a - b - c >= 0", [6, 1, 2], true), ("a / b / c == 2", [12, 3, 2], true),
      ("-a <= --b", [1, -1, 0], true), ("a == b / c", [0, 1, 0], false),
      ("a == log(b)", [0, 1, 0], true), ("a == log(b)", [0, -1, 0], false),
      ("a == max(b, c, 5)", [5, 1, 2], true), ("a == min(b,c)", [1, 1, 2], true),
      ("a == abs( b )", [4, -4, 0], true), ("a*1.5e1 == 15", [1, 0, 0], true),
      // What float32 loses is no violation.
      ("a == b + c", [0.3, Double(Float(0.1)), Double(Float(0.2))], true),
      ("a - b <= 0", [Double(Float(0.1)), 0.1, 0], true),
    ] as [(String, [Double], Bool)])
  func arithmeticHoldsOrDoesNot(_ text: String, _ row: [Double], _ holds: Bool) throws {
    let schema = try Self.schema(text)
    #expect((schema.relations[0].violation(row) == 0) == holds)
    #expect((schema.violation(of: row) == nil) == holds)
  }

  @Test func namesWithSpacesStandInBackquotes() throws {
    let schema = try Self.schema("`mean radius` <= `worst radius`", ["mean radius", "worst radius"])
    #expect(schema.relations[0].violation([1, 2]) == 0)
    #expect(schema.relations[0].violation([2, 1]) > 0)
  }

  @Test(arguments: [
    ("a", "=="), ("a <", "=="), ("a == ", "its end"), ("a == b c", "end of the relation"), ("a == d", "`d`"),
    ("1 == 2", "between features"), ("a == (b", "`)`"), ("a == 1.2.3", "1.2.3"), ("a == log(b, c)", "`)`"),
    ("a == max(b)", "2 to 16"), ("a == `b", "backquote"), ("a == b; c", "end of the relation"),
    ("a == system(b)", "`system`"), ("a == b == c", "end of the relation"), ("", "feature"),
  ]) func whatIsNoRelationIsTold(_ text: String, _ word: String) {
    #expect {
      try Self.schema(text)
    } throws: { error in
      let text = "\(error)"
      return text.contains(word) && text.contains("line 6: relation 1: ")
    }
  }

  @Test(arguments: [
    "a == " + String(repeating: "(", count: 2_000) + "b" + String(repeating: ")", count: 2_000),
    "a == " + String(repeating: "-", count: 4_000) + "b", "a == b" + String(repeating: " + b", count: 1_000),
    "a == " + String(repeating: "b", count: 5_000), "a == " + String(repeating: "max(b,", count: 600),
  ]) func hostileRelationsAreRefused(_ text: String) {
    #expect(throws: TableError.self) { try Self.schema(text) }
  }

  /// The slopes are what differences of the violation say.
  @Test(arguments: [
    "a == b + c", "a <= b * c", "a >= b / c", "a == max(b, c) - min(b, 2)", "a <= log(b) - abs(c)",
    "a == -b * (c - a)",
  ]) func slopesOfViolations(_ text: String) throws {
    let relation = try Self.schema(text).relations[0]
    let row = text.contains(">=") ? [-3, 0.7, 1.9] : [9.3, 0.7, 1.9]
    let (left, right) = (relation.left.evaluate(row), relation.right.evaluate(row))
    let size = max(left.size, right.size)
    var slopes = [Double](repeating: 0, count: 3)
    relation.addViolationSlopes(row, to: &slopes)
    func gap(_ row: [Double]) -> Double {
      let gap = relation.left.evaluate(row).value - relation.right.evaluate(row).value
      return relation.comparison == .equal ? abs(gap) : relation.comparison == .atMost ? gap : -gap
    }
    for feature in 0..<3 {
      var (up, down) = (row, row)
      up[feature] += 1e-6
      down[feature] -= 1e-6
      let expected = (gap(up) - gap(down)) / 2e-6 / size
      #expect(abs(slopes[feature] - expected) < 1e-6 * max(1, abs(expected)))
    }
  }
}
