// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletDatasets
import MartletFormats
import Testing

@Suite struct ChangeTests {
  let scratch = try! DataScratch()

  private func changes(_ count: Int = 300, _ change: (inout [[String]]) -> Void) throws -> DataChanges {
    try scratch.write(DataScratch.people(count), to: "a.csv")
    try scratch.seal("a.csv")
    try scratch.write(DataScratch.people(count, change), to: "b.csv")
    let verified = try scratch.verify("b.csv", against: "a.csv").changes
    // The original says the same, and what stood there.
    let diff = try DataDiff.changes(from: scratch.path("a.csv"), to: scratch.path("b.csv"), options: .init())
    #expect(diff.changed.map(\.now) == verified.changed.map(\.now))
    #expect(diff.changed.map { $0.cells.map(\.column) } == verified.changed.map { $0.cells.map(\.column) })
    #expect(diff.added == verified.added && diff.removed == verified.removed && diff.moved == verified.moved)
    return diff
  }

  @Test func nothingChanged() throws { #expect(try changes { _ in }.isEmpty) }

  @Test func cellsAreNamed() throws {
    let found = try changes {
      $0[17][2] = "77.5"
      $0[200][0] = "99"
      $0[200][1] = "Mainz"
      $0[0][0] = "words"
    }
    #expect(found.changed.map(\.now) == [0, 17, 200])
    #expect(found.changed.map { $0.cells.map(\.column) } == [["age"], ["score"], ["age", "city"]])
    #expect(found.changed[2].cells.map(\.now) == ["99", "Mainz"])
    #expect(found.changedCells == ["age": 2, "score": 1, "city": 1])
  }

  @Test func rowsAreFoundAgainBehindOthers() throws {
    let found = try changes {
      $0.remove(at: 250)
      $0.insert(["1", "Ulm", "0", "1000"], at: 100)
      $0.insert(["2", "Ulm", "0", "1001"], at: 101)
      $0[50][1] = "Ulm"
    }
    #expect(found.added == [100, 101])
    #expect(found.removed == [250])
    #expect(found.changed.map(\.now) == [50])
  }

  @Test func aChangedRowBesideANewOneIsNoOther() throws {
    let found = try changes {
      $0.insert(["1", "Ulm", "0", "1000"], at: 100)
      $0[101][0] = "18"
    }
    #expect(found.added == [100])
    #expect(found.changed.map(\.before) == [100] && found.changed.map(\.now) == [101])
  }

  @Test func rowsThatMovedAreNotNew() throws {
    let found = try changes {
      let row = $0.remove(at: 10)
      $0.insert(row, at: 200)
    }
    #expect(found.moved == [DataChanges.Move(before: 10, now: 200)])
    #expect(found.changedCount + found.addedCount + found.removedCount == 0)
  }

  @Test func equalRowsAreKeptApart() throws {
    try scratch.write("a\n" + String(repeating: "1\n", count: 50) + "2\n", to: "a.csv")
    try scratch.seal("a.csv")
    try scratch.write("a\n" + String(repeating: "1\n", count: 52) + "2\n", to: "b.csv")
    let found = try scratch.verify("b.csv", against: "a.csv").changes
    #expect(found.addedCount == 2 && found.changedCount == 0)
  }

  @Test func pixelsAreNamedAsTheirArray() throws {
    try scratch.write(DataScratch.pictures(40), to: "a.npz")
    try scratch.seal("a.npz")
    try scratch.write(DataScratch.pictures(40) { $0[16 * 7 + 3] += 0.25 }, to: "b.npz")
    let found = try scratch.verify("b.npz", against: "a.npz").changes
    #expect(found.changed.map(\.now) == [7])
    #expect(found.changed[0].cells.map(\.column) == ["x"])
  }

  @Test func manyColumnsShareTags() throws {
    var values = (0..<10 * 200).map { Float($0) }
    try scratch.write(
      NumpyArchive.encoded([WrittenArray("x", float32: values, shape: [10, 200])]), to: "a.npz")
    try scratch.seal("a.npz")
    values[3 * 200 + 130] = -1
    try scratch.write(
      NumpyArchive.encoded([WrittenArray("x", float32: values, shape: [10, 200])]), to: "b.npz")
    let found = try scratch.verify("b.npz", against: "a.npz").changes
    #expect(found.changed.map(\.now) == [3])
    #expect(found.changed[0].cells.map(\.column) == ["x128", "x129", "x130", "x131"])
    let diff = try DataDiff.changes(from: scratch.path("a.npz"), to: scratch.path("b.npz"), options: .init())
    #expect(diff.changed[0].cells == [DataChanges.CellChange(column: "x130", before: "730", now: "-1")])
  }

  @Test func columnsThatCameAndWentAreNamed() throws {
    try scratch.write("a,b,c\n1,x,2\n3,y,4\n", to: "a.csv")
    try scratch.seal("a.csv")
    try scratch.write("a,c,d\n1,2,0\n3,5,0\n", to: "b.csv")
    let found = try scratch.verify("b.csv", against: "a.csv").changes
    #expect(found.columns.map(\.column) == ["b", "d"] && found.note != nil)
    let diff = try DataDiff.changes(from: scratch.path("a.csv"), to: scratch.path("b.csv"), options: .init())
    #expect(diff.columns == found.columns)
    #expect(
      diff.changed.map(\.now) == [1]
        && diff.changed[0].cells == [DataChanges.CellChange(column: "c", before: "4", now: "5")])
  }
}
