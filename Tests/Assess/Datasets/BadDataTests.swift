// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CZlib
import Foundation
import MartletBytes
import MartletDatasets
import MartletFormats
import Testing

/// What cannot be sealed is told by row and column, and leaves nothing behind.
@Suite struct BadDataTests {
  let scratch = try! DataScratch()

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let words: [String]

    init(_ name: String, _ text: String, _ words: String...) {
      (self.name, bytes, self.words) = (name, Array(text.utf8), words)
    }

    init(_ name: String, bytes: [UInt8], _ words: String...) {
      (self.name, self.bytes, self.words) = (name, bytes, words)
    }

    var testDescription: String { words.joined(separator: "; ") }
  }

  @Test(arguments: [
    Case("a.csv", "a,b\n1,2\n3\n", "row 1 (line 3), column 'b'", "expected 2 fields, found 1"),
    Case("a.csv", "a,b\n1,2\n3,4,5\n", "row 1 (line 3)", "found 3"),
    Case("a.csv", "a,b\n1,2\n3,x\n", "row 1 (line 3), column 'b'", "expected a number", "'x'", "--text"),
    Case("a.csv", "a,b\n1,nan\n", "row 0 (line 2), column 'b'", "NaN", "--nan-is-missing"),
    Case("a.csv", "a,b\n1,2\n-inf,2\n", "row 1 (line 3), column 'a'", "infinity"),
    Case("a.csv", "a,a\n1,2\n", "'a' twice"),
    Case("a.csv", "a,b\n1,\"x\n", "line 2, column 2", "closing quote"),
    Case("a.csv", bytes: Array("a,b\nx,y\nz,".utf8) + [0xFF, 0x0A], "row 1 (line 3), column 'b'", "UTF-8"),
    Case("a.csv", bytes: [0xFF, 0xFE, 0x61, 0, 0x0A, 0], "UTF-8"),
    Case("a.csv", "a,b\n", "at least one row"),
    Case("a.csv", "", "found none"),
    Case("a.csv", "a\n" + String(repeating: "x", count: Limits.csvField + 1), "line 2", "bytes in a field"),
    Case("a.jsonl", "{\"a\":1}\n{\"b\":2}\n", "row 1 (line 2), column 'b'"),
    Case("a.jsonl", "{\"a\":1,\"b\":2}\n{\"b\":2}\n", "row 1 (line 2), column 'a'", "found none"),
    Case("a.jsonl", "{\"a\":1}\n{\"a\":\"x\"}\n", "row 1 (line 2), column 'a'", "number", "text"),
    Case("a.jsonl", "{\"a\":1}\n{\"a\":NaN}\n", "row 1 (line 2)"),
    Case("a.jsonl", "{\"a\":1,\"a\":2}\n", "row 0 (line 1)", "twice"),
    Case("a.jsonl", "[1]\n", "row 0 (line 1)", "object"),
    Case("a.bin", "anything", ".npz"),
    Case(
      "a.npz", bytes: NumpyArchive.encoded([WrittenArray("x", float32: [1, .nan, 3, 4], shape: [2, 2])]),
      "row 0, column 'x1'", "NaN"),
    Case(
      "a.npz",
      bytes: NumpyArchive.encoded([
        WrittenArray("x", float32: [1, 2, 3, -.infinity], shape: [2, 1, 2]),
        WrittenArray("y", int64: [1, 2]),
      ]), "row 1, column 'x'", "infinity"),
    Case(
      "a.npz",
      bytes: NumpyArchive.encoded([
        WrittenArray("x", float32: [1, 2, 3, 4], shape: [2, 2]), WrittenArray("y", int64: [1, 2, 3]),
      ]), "column 'y'", "expected 2 rows as in 'x', found 3"),
    Case("a.npz", "PK\u{3}\u{4} no archive", "two readers"),
    Case("a.npy", bytes: [0x93] + Array("NUMPY".utf8) + [1, 0, 4, 0] + Array("{}  ".utf8), "'x'"),
  ])
  func isToldAndNothingIsWritten(_ vector: Case) throws {
    try scratch.write(vector.bytes, to: vector.name)
    let error = #expect(throws: DataError.self) { try scratch.seal(vector.name) }
    for words in vector.words { #expect("\(error!)".contains(words), "\(error!)") }
    #expect(try scratch.names == [vector.name])
  }

  @Test func textAndMissingValuesCanBeSaid() throws {
    try scratch.write("code,v\n1234,nan\n12AB,2\n", to: "a.csv")
    var options = ReadingOptions()
    options.textColumns = ["code"]
    #expect(throws: DataError.self) { try scratch.seal("a.csv", options) }
    options.nanIsMissing = true
    let manifest = try scratch.seal("a.csv", options)
    #expect(manifest.columns.map(\.kind) == [.text, .number])
    #expect(manifest.statistics[1].missing == 1)
    options.textColumns = ["other"]
    #expect(throws: DataError.noColumn("other", found: ["code", "v"])) { try scratch.seal("a.csv", options) }
    try scratch.write(
      NumpyArchive.encoded([WrittenArray("x", float32: [1, .nan, 3, 4], shape: [2, 2])]), to: "a.npz")
    let array = try scratch.seal("a.npz", options.with { $0.textColumns = [] })
    #expect(array.statistics.map(\.missing) == [0, 1] && array.statistics[1].low == 4)
  }

  /// A gzip file of a little that becomes a lot.
  @Test func bombsAreRefused() throws {
    let zeros = [UInt8](repeating: 0x30, count: 80 << 20)
    var packed = [UInt8](repeating: 0, count: 1 << 20)
    var length = uLongf(packed.count)
    try #require(compress2(&packed, &length, zeros, uLong(zeros.count), 9) == Z_OK)
    // Between the two bytes before it and the checksum behind it, a zlib stream is what a gzip file has.
    let body = packed[2..<Int(length) - 4]
    try scratch.write(
      [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + body + [UInt8](repeating: 0, count: 8), to: "a.csv.gz")
    let error = #expect(throws: DataError.self) { try scratch.seal("a.csv.gz") }
    #expect("\(error!)".contains("bomb"), "\(error!)")
    #expect(try scratch.names == ["a.csv.gz"])
  }

  /// An archive that says of itself that a few bytes become 3 GiB: they are not inflated to see whether it is true.
  @Test func anArchiveThatSaysItIsABombIsRefused() throws {
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    // What no inflater would take.
    let packed = [UInt8](repeating: 0xFF, count: 100)
    let name = Array("x.npy".utf8)
    let facts =
      little(20, 2) + little(0, 2) + little(8, 2) + little(0, 4) + little(0, 4) + little(packed.count, 4)
      + little(3 << 30, 4) + little(name.count, 2) + little(0, 2)
    let local = Array("PK\u{3}\u{4}".utf8) + facts + name + packed
    let central =
      Array("PK\u{1}\u{2}".utf8) + little(20, 2) + facts + little(0, 2) + little(0, 2) + little(0, 2)
      + little(0, 4) + little(0, 4) + name
    let end =
      Array("PK\u{5}\u{6}".utf8) + little(0, 4) + little(1, 2) + little(1, 2) + little(central.count, 4)
      + little(local.count, 4) + little(0, 2)
    try scratch.write(local + central + end, to: "a.npz")
    let error = #expect(throws: DataError.self) { try scratch.seal("a.npz") }
    #expect("\(error!)".contains("x.npy from 100 compressed ones (it may be a bomb)"), "\(error!)")
  }

  /// Of two files the one that is wrong is named.
  @Test func theFileOfTwoIsNamed() throws {
    let good = try scratch.write("a,b\n1,2\n3,4\n", to: "good.csv")
    let bad = try scratch.write("a,b\n1,2\n3\n", to: "bad.csv")
    for (before, now) in [(good, bad), (bad, good)] {
      let differ = #expect(throws: DataError.self) {
        try DataDiff.changes(from: before, to: now, options: .init())
      }
      #expect("\(differ!)".contains("bad.csv: row 1 (line 3)"), "\(differ!)")
      let drifted = #expect(throws: DataError.self) {
        try DataDrift(from: before, to: now, options: .init(), alpha: 0.05)
      }
      #expect("\(drifted!)".contains("bad.csv: row 1 (line 3)"), "\(drifted!)")
    }
    let missing = #expect(throws: DataError.self) {
      try DataDiff.changes(from: good, to: scratch.path("none.csv"), options: .init())
    }
    #expect("\(missing!)".ranges(of: "none.csv").count == 1, "\(missing!)")
  }
}

extension ReadingOptions {
  fileprivate func with(_ change: (inout ReadingOptions) -> Void) -> ReadingOptions {
    var options = self
    change(&options)
    return options
  }
}
