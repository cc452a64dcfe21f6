// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletTables
import Testing

@Suite struct DraftTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Rows of a loan: the total is the sum of two parts, the colours are one-hot.
  private static let loans: String = {
    var text =
      "part,rest,total,lowest price,highest price,colour_red,colour_blue,flag,country,children,label\n"
    for row in 0..<60 {
      let (part, rest) = (100 + Double((row * 37) % 91) / 4, 20 + Double((row * 53) % 71) / 4)
      let low = 10 + (row * 29) % 40
      text += "\(part),\(rest),\(part + rest),\(low),\(low + (row * 17) % 23),\(row % 2),\(1 - row % 2),"
      text += "\(row % 3 == 0 ? 1 : 0),7,\(row % 5),\(row % 2)\n"
    }
    return text
  }()

  @Test func theDataSuggestASchema() throws {
    let table = try Table(csv: Bytes(utf8: Self.loans), needsLabels: true)
    #expect(table.labels?.count == 60)
    let draft = try SchemaDraft(of: table)
    let features = draft.schema.features
    #expect(
      features.map(\.kind) == [
        .real, .real, .real, .integer, .integer, .boolean, .boolean, .boolean, .integer, .integer,
      ])
    #expect(features.map(\.group) == [nil, nil, nil, nil, nil, "colour", "colour", nil, nil, nil])
    #expect(features[8].change == .no)
    #expect(features[0].low == 100)
    #expect(draft.candidates == ["total == part + rest", "`lowest price` <= `highest price`"])
    // What is written is a schema without the candidates, and one with them when they are confirmed.
    let yaml = SchemaText.yaml(draft, of: "loans.csv")
    #expect(try TableSchema(yaml: yaml) == draft.schema)
    let confirmed = yaml.replacing("relations: []", with: "relations:").replacing("#  - ", with: "  - ")
    #expect(try TableSchema(yaml: confirmed).relations.map(\.text) == draft.candidates)
    for row in 0..<table.rowCount {
      #expect(try TableSchema(yaml: confirmed).violation(of: Array(table.row(row))) == nil)
    }
  }

  @Test func everyRowOfTheExampleFitsItsOwnDraft() throws {
    let table = try Table(npz: Bytes(contentsOf: Self.root + "/Examples/breast-cancer/breast-cancer.npz"))
    #expect(table.names[0] == "mean radius")
    #expect(table.rowCount == 569)
    let draft = try SchemaDraft(of: table)
    let schema = try TableSchema(yaml: SchemaText.yaml(draft, of: "breast-cancer.npz"))
    #expect(schema.features.allSatisfy { $0.kind == .real && $0.change == .yes })
    #expect(draft.candidates.contains("`mean radius` <= `worst radius`"))
    for row in 0..<table.rowCount { #expect(schema.violation(of: Array(table.row(row))) == nil) }
  }

  @Test(
    arguments: [
      ("a,b\n1,x\n", nil, "expected one column called label, target, y, class, found none among a, b"),
      ("a,y\n1,x\n", nil, "line 2, column 2 (y): expected a class as a whole number from 0, found 'x'"),
      ("a,y,class\n1,0,0\n", nil, "found y, class: name the column"),
      ("a,b\n1,0\n", "c", "expected a column 'c' with the labels, found a, b"),
      ("1,0\n", "c", "there is no header"),
      ("a,y\nred,0\n", nil, "line 2, column 1 (a): expected a number such as 3.14, found 'red'"),
      ("y\n0\n", nil, "expected columns beside the label"),
    ] as [(String, String?, String)])
  func whatIsNoTableIsTold(_ text: String, _ label: String?, _ words: String) {
    #expect {
      try Table(csv: Bytes(utf8: text), label: label, needsLabels: true)
    } throws: { "\($0)".contains(words) }
  }

  @Test func classesHaveTheOrderThatTheUserGives() throws {
    let text = Bytes(utf8: "a,class\n1,good\n2,bad\n")
    #expect(try Table(csv: text, classes: ["bad", "good"], needsLabels: true).labels == [1, 0])
    #expect(throws: TableError.self) { try Table(csv: text, classes: ["bad"], needsLabels: true) }
  }

  @Test func aRatioIsSolvedForWhatWasComputed() throws {
    let values = (0..<40).flatMap { row -> [Double] in
      let (months, amount) = (Double(4 + row % 30), Double(250 + row * 37))
      return [months, amount, Double(Float(amount / months))]
    }
    let table = try Table(names: ["months", "amount", "monthly"], values: values)
    #expect(try SchemaDraft(of: table).candidates.contains("monthly == amount / months"))
  }

  /// A name that breaks out of the comment or of its field would say something else.
  @Test func hostileNamesStayNames() throws {
    let names = ["a\n  - { name: b }", "x: y", "\"q\"", "#c", "- d", "yes", "`e`", "{f}", "ü\u{85}"]
    let values = (0..<names.count * 30).map { Double(($0 * 7) % 31) }
    let draft = try SchemaDraft(of: Table(names: names, values: values))
    let yaml = SchemaText.yaml(draft, of: "evil\nfeatures: []")
    #expect(try TableSchema(yaml: yaml).features.map(\.name) == names)
  }
}
