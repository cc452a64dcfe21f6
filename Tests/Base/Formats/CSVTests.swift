// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import Testing

@Suite struct CSVTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    let text: String
    let names: [String]?
    let rows: [[String]]

    init(_ text: String, _ names: [String]?, _ rows: [[String]]) {
      (self.text, self.names, self.rows) = (text, names, rows)
    }

    var testDescription: String { text.debugDescription }
  }

  private static func rows(_ table: CSVTable) throws -> [[String]] {
    try (0..<table.rowCount).map { row in
      try (0..<table.columnCount).map { try table.text(row: row, column: $0) }
    }
  }

  @Test(arguments: [
    Vector("a,b\n1,2\n", ["a", "b"], [["1", "2"]]),
    Vector("a,b\r\n1,2\r\n3,4", ["a", "b"], [["1", "2"], ["3", "4"]]),
    Vector("a,b\r1,2\r", ["a", "b"], [["1", "2"]]),
    Vector("\u{FEFF}a;b\n1;2\n", ["a", "b"], [["1", "2"]]),
    Vector("a\tb\n1\t2\n", ["a", "b"], [["1", "2"]]),
    Vector("1,2\n3,4\n", nil, [["1", "2"], ["3", "4"]]),
    Vector("a,b\n\n1,2\n\n\n", ["a", "b"], [["1", "2"]]),
    Vector("\"a,x\",\"b\"\"y\"\n1,\"2\"\n", ["a,x", "b\"y"], [["1", "2"]]),
    Vector("\"a;x\",b\n\"x\ny\",\"\"\n", ["a;x", "b"], [["x\ny", ""]]),
    Vector(" a , b \n 1 , 2 \n", ["a", "b"], [[" 1 ", " 2 "]]),
    Vector("a\n1\n2\n", ["a"], [["1"], ["2"]]),
    Vector("größe,x\n1,ü\n", ["größe", "x"], [["1", "ü"]]),
    Vector(",b\n0,2\n", ["x0", "b"], [["0", "2"]]),
    Vector(",\n1,2\n", nil, [["", ""], ["1", "2"]]),
    Vector("a,\n1,2\n", nil, [["a", ""], ["1", "2"]]),
  ])
  func textsAreReadAsTheStandardSays(_ vector: Vector) throws {
    let table = try CSVTable(Bytes(utf8: vector.text))
    #expect(table.names == vector.names)
    #expect(try Self.rows(table) == vector.rows)
  }

  @Test func numbersKnowNoLocale() throws {
    let table = try CSVTable(Bytes(utf8: "a,b,c,d,e,f\n1, -2.5 ,+.5,1e3,2.E-1,\"7\"\n"))
    #expect(try (0..<6).map { try table.number(row: 0, column: $0) } == [1, -2.5, 0.5, 1000, 0.2, 7])
  }

  @Test(arguments: [
    "", "?", "NA", "NaN", " ",
  ]) func whatIsMissingIsTold(_ field: String) throws {
    let table = try CSVTable(Bytes(utf8: "age,b\n1,2\n\(field),4\n"))
    let place = CSVPlace(line: 3, column: 1, name: "age")
    #expect(throws: CSVError.missing(place)) { try table.number(row: 1, column: 0) }
    #expect("\(place)" == "line 3, column 1 (age)")
  }

  @Test(arguments: ["0x10", "inf", "1e999", "1,5", "--1", "1e", ".", "1 2", "1_000", "١"])
  func whatIsNoNumberIsTold(_ field: String) throws {
    let table = try CSVTable(Bytes(utf8: "a;b\n\(field);4\n"))
    #expect(throws: CSVError.notANumber(.init(line: 2, column: 1, name: "a"), found: field)) {
      try table.number(row: 0, column: 0)
    }
  }

  @Test(arguments: [
    ("", CSVError.noRows), ("\n\r\n", .noRows), ("a,b\n", .noRows),
    ("a,b\n1,2\n3\n", .fieldCount(line: 3, expected: 2, found: 1)),
    ("a,b\n\"1\n2\",2,3\n", .fieldCount(line: 2, expected: 2, found: 3)),
    ("a,b\n1,\"2\n", .openQuote(.init(line: 2, column: 2))),
    ("a,b\n1,\"2\"3\n", .textBehindQuote(.init(line: 2, column: 2))),
    ("a,b\n1,2\"\n", .quoteInside(.init(line: 2, column: 2))),
    ("a,a\n1,2\n", .repeatedName("a")),
    ("a,b\n1,\0\n", .notText(line: 2)),
  ]) func garbageHasAPlace(_ text: String, _ error: CSVError) {
    #expect(throws: error) { try CSVTable(Bytes(utf8: text)) }
  }

  @Test func otherEncodingsAreTold() throws {
    #expect(throws: CSVError.notText(line: 1)) { try CSVTable(Bytes([0xFF, 0xFE, 0x61, 0, 0x0A, 0])) }
    let latin = try CSVTable(Bytes(Array("a,b\n1,".utf8) + [0xFC]))
    #expect(throws: CSVError.notText(line: 2)) { try latin.text(row: 0, column: 1) }
  }

  /// Whatever the bytes are, there is a table or an error, and the same one again.
  @Test func randomBytesDoNoHarm() {
    var state: UInt64 = 1
    let alphabet = Array("\",;\t\r\n0a. \u{FEFF}".utf8)
    for _ in 0..<2_000 {
      let bytes = (0..<24).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1
        return alphabet[Int(state >> 33) % alphabet.count]
      }
      if let table = try? CSVTable(Bytes(bytes)) {
        for row in 0..<table.rowCount {
          for column in 0..<table.columnCount { _ = try? table.number(row: row, column: column) }
        }
      }
    }
  }

  /// A million quotes, and a million columns: told of at once.
  @Test func longTextsTakeTimeByTheirLength() throws {
    let quotes = "a\n\"" + String(repeating: "\"\"", count: 400_000) + "\"\n"
    let table = try CSVTable(Bytes(utf8: quotes))
    #expect(try table.text(row: 0, column: 0).utf8.count == 400_000)
    let columns = String(repeating: ",", count: 1 << 20)
    #expect(throws: CSVError.tooLarge(what: "fields", limit: Limits.csvColumns, line: 1)) {
      try CSVTable(Bytes(utf8: columns))
    }
  }
}
