// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletDatasets
import MartletEvidence
import MartletFormats
import MartletMerkle
import Testing

@Suite struct SealTests {
  let scratch = try! DataScratch()

  /// The root and the digest as a Python script computes them from the form that the guide gives.
  @Test func rootAndDigestAreThoseOfTheGuide() throws {
    try scratch.write("age,city,score\n34,Köln,1.50\n51,?,-.25\n28,\"a \"\"b\"\", c\",\n", to: "a.csv")
    let manifest = try scratch.seal("a.csv")
    #expect(manifest.root.hex == "2aa8a73bc1f8b33e8f2e346e900d1aeae22cb64b2a3d8a6ebf343314cc00f350")
    #expect(manifest.digest.hex == "6e8fe8ed47c20c5f3706c132d43b4003611823b79a423de5cf7d7065c45d9cb8")
    #expect(manifest.columns.map(\.kind) == [.number, .text, .number])
    #expect(manifest.statistics.map(\.missing) == [0, 1, 1])
    let x = (0..<5).flatMap { row in (0..<4).map { Float(row) + Float($0) / 4 } }
    try scratch.write(
      NumpyArchive.encoded([
        WrittenArray("y", int64: (0..<5).map { Int64($0 % 3) }),
        WrittenArray("x", float32: x, shape: [5, 2, 2]),
      ]), to: "a.npz")
    #expect(
      try scratch.seal("a.npz").root.hex == "3719e4adec6640d1486f35d2a621643e543abbb291496ae0a5101a16bc687a8d"
    )
  }

  @Test func theFormDoesNotMatterWhereTheValuesAreTheSame() throws {
    try scratch.write("a,b\n1,x\n2.0,y\n", to: "a.csv")
    try scratch.write("\u{FEFF}a;b\r\n1.0;x\r\n2;\"y\"\r\n", to: "b.csv")
    try scratch.write("a\tb\n1e0\tx\n20e-1\ty", to: "c.tsv")
    try scratch.write("{\"a\": 1, \"b\": \"x\"}\n\n{\"b\": \"y\", \"a\": 2.0}\n", to: "d.jsonl")
    let digests = try ["a.csv", "b.csv", "c.tsv", "d.jsonl"].map { try scratch.seal($0).digest }
    #expect(Set(digests).count == 1)
    try scratch.write("a,b\n1,x\n2.0000001,y\n", to: "e.csv")
    #expect(try scratch.seal("e.csv").digest != digests[0])
  }

  @Test func partsAndOtherArraysCount() throws {
    func file(_ names: [String], _ test: [Float]) -> [UInt8] {
      NumpyArchive.encoded([
        WrittenArray("x_train", float32: [1, 2, 3, 4], shape: [2, 2]),
        WrittenArray("y_train", int64: [0, 1]),
        WrittenArray("x_test", float32: test, shape: [1, 2]), WrittenArray("y_test", int64: [1]),
        WrittenArray("names", int64: names.map { Int64($0.utf8.first!) }),
      ])
    }
    try scratch.write(file(["a", "b", "c", "d"], [5, 6]), to: "a.npz")
    let manifest = try scratch.seal("a.npz")
    #expect(manifest.rows == 3)
    #expect(manifest.columns.map(\.name) == ["x0", "x1", "y", "split"])
    #expect(manifest.attachments.keys.sorted() == ["names"])
    try scratch.write(file(["a", "b", "c", "e"], [5, 7]), to: "b.npz")
    let found = try scratch.verify("b.npz", against: "a.npz").changes
    #expect(found.attachments.map(\.column) == ["names"])
    #expect(found.changed.map(\.now) == [2] && found.changed[0].cells.map(\.column) == ["x1"])
  }

  @Test func someoneElsesSignatureIsNotBelieved() throws {
    try scratch.write(DataScratch.people(5), to: "a.csv")
    try scratch.seal("a.csv")
    let other = try DataScratch()
    #expect(throws: DataError.self) { try scratch.sealed("a.csv", by: other) }
    var text = String(decoding: try scratch.bytes("a.csv.manifest"), as: UTF8.self)
    text = text.replacing("\"payload\":\"ey", with: "\"payload\":\"ez")
    try scratch.write(text, to: "a.csv.manifest")
    #expect(throws: DataError.self) { try scratch.sealed("a.csv") }
  }

  @Test func rowsOfDigestsThatWereChangedAreRefused() throws {
    try scratch.write(DataScratch.people(600), to: "a.csv")
    try scratch.seal("a.csv")
    try scratch.write(DataScratch.people(600) { $0[3][0] = "1" }, to: "b.csv")
    var rows = try scratch.bytes("a.csv.manifest.rows")
    rows[40] ^= 1
    try scratch.write(rows, to: "a.csv.manifest.rows")
    #expect(throws: DataError.self) { try scratch.verify("b.csv", against: "a.csv") }
    #expect(try scratch.verify("b.csv", against: "a.csv", withRows: false).changes.note != nil)
  }

  @Test(arguments: [1, 2, 255, 256, 257, 700]) func anyRowIsProved(count: Int) throws {
    try scratch.write(DataScratch.people(count), to: "a.csv")
    try scratch.seal("a.csv")
    let sealed = try scratch.sealed("a.csv")
    for row in Set([0, count / 2, count - 1]) {
      let proof = try RowProof(
        of: row, in: scratch.path("a.csv"), sealed, rows: scratch.path("a.csv.manifest.rows"),
        options: .init())
      let again = try RowProof(proof.encoded())
      let cells = try again.verify(sealed)
      #expect(cells.map(\.cell.text).last == "\(row)")
      #expect(again.path.count <= 10)
      // Another row's place, or another cell, is not proved.
      var text = String(decoding: proof.encoded(), as: UTF8.self)
      text = text.replacing("\"row\":\(row)", with: "\"row\":\(row + 1)")
      #expect(throws: DataError.self) { try RowProof(Array(text.utf8)).verify(sealed) }
    }
    #expect(throws: DataError.noSuchRow(count, count: count)) {
      try RowProof(
        of: count, in: scratch.path("a.csv"), sealed, rows: scratch.path("a.csv.manifest.rows"),
        options: .init())
    }
    try scratch.write(DataScratch.people(count) { $0[0][2] = "99" }, to: "a.csv")
    #expect(throws: DataError.proof(.wrongRoot)) {
      try RowProof(
        of: 0, in: scratch.path("a.csv"), sealed, rows: scratch.path("a.csv.manifest.rows"), options: .init())
    }
  }

  /// Blocks are put together alike however many there are, and the tree is that of the definition.
  @Test func manyBlocksGiveTheRootOfTheDefinition() throws {
    let count = 10_000
    let values = (0..<count * 3).map { Float($0 % 1_000) / 8 }
    try scratch.write(
      NumpyArchive.encoded([WrittenArray("x", float32: values, shape: [count, 3])]), to: "a.npz")
    let manifest = try scratch.seal("a.npz")
    func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
      if leaves.count == 1 { return leaves.first! }
      var half = 1
      while half * 2 < leaves.count { half *= 2 }
      let middle = leaves.startIndex + half
      return TreeHash(root(leaves[..<middle]), root(leaves[middle...]))
    }
    let leaves = (0..<count).map { row in
      let bytes = values[row * 3..<row * 3 + 3].flatMap { value in
        (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
      }
      return TreeHash(leaf: bytes.span)
    }
    #expect(manifest.root.bytes == root(leaves[...]).bytes)
    let column = manifest.statistics[0]
    let exact = stride(from: 0, to: values.count, by: 3).map { Double(values[$0]) }
    let mean = exact.reduce(0, +) / Double(count)
    let deviation = (exact.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
    #expect(abs(column.mean! - mean) < 1e-9 && abs(column.deviation! - deviation) < 1e-9)
    #expect(column.low == 0 && column.high == exact.max())
    #expect(abs(column.quantiles![4] - 62.4) < 3)
  }

  @Test func pictureFoldersAreRows() throws {
    let png = Array(
      Data(
        base64Encoded:
          "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNiAAAABgADNjd8qAAAAABJRU5ErkJggg==")!)
    for name in ["cat/1.png", "cat/2.png", "dog/3.png"] { try scratch.write(png, to: "set/" + name) }
    let manifest = try scratch.seal("set")
    #expect(manifest.rows == 3 && manifest.columns.map(\.name) == ["path", "label", "picture"])
    #expect(manifest.statistics[1].values?.map(\.value) == ["cat", "dog"])
    try scratch.write(png + [0], to: "set/cat/2.png")
    try scratch.write(png, to: "set/dog/4.png")
    let found = try scratch.verify("set", against: "set").changes
    #expect(found.changed.map(\.now) == [1] && found.changed[0].cells.map(\.column) == ["picture"])
    #expect(found.added == [3])
    try scratch.write("no picture", to: "set/dog/5.png")
    #expect(throws: DataError.self) { try scratch.seal("set") }
  }
}
