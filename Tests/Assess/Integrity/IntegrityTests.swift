// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletDatasets
import MartletFormats
import MartletReport
import MartletTraining
import Testing

@testable import MartletIntegrity

/// Rows of four classes around points of their own, small enough to be judged in a debug build.
struct Blobs {
  var values: [Float] = []
  var labels: [Int] = []
  let width = 36
  private var random = SeededRandom(seed: 5, stream: 1)

  /// A number about 0 with a deviation of 1.
  mutating func noise() -> Float {
    var sum: Float = 0
    for _ in 0..<6 { sum += Float(random.next() >> 40) * 0x1p-24 - 0.5 }
    return sum * 1.4
  }

  init(each: Int = 50) {
    for row in 0..<4 * each {
      let label = row % 4
      labels.append(label)
      // Each class is bright in a quarter of the picture of its own.
      for pixel in 0..<width {
        let (line, column) = (pixel / 6, pixel % 6)
        let quarter = (line / 3) * 2 + column / 3
        values.append(0.3 + (quarter == label ? 0.35 : 0) + 0.08 * noise())
      }
    }
  }

  func rows(shape: [Int]? = [1, 6, 6]) -> TrainingRows {
    TrainingRows(values: values, width: width, shape: shape, labels: labels, classes: 4)
  }

  func report(shape: [Int]? = [1, 6, 6]) -> IntegrityReport {
    var options = IntegrityAssessment.Options()
    options.trees = 25
    return IntegrityAssessment.report(rows(shape: shape), options: options)
  }
}

@Suite struct IntegrityTests {
  @Test func cleanRowsHaveNoFinding() {
    let report = Blobs().report()
    #expect(report.isClean, "\(report.findings)")
    #expect(report.accuracy > 0.97)
    #expect(report.suspicious.isEmpty)
  }

  @Test func wrongLabelsComeFirst() {
    var blobs = Blobs()
    let wrong = [3, 50, 77, 102, 151, 190, 13, 28]
    for row in wrong { blobs.labels[row] = (blobs.labels[row] + 1 + row % 3) % 4 }
    let report = blobs.report()
    let first = report.labelScores.indices.sorted { report.labelScores[$0] > report.labelScores[$1] }.prefix(
      wrong.count)
    #expect(Set(first) == Set(wrong))
    #expect(Set(report.suspicious.map(\.place)) == Set(wrong))
    let original = Blobs()
    #expect(report.suspicious.allSatisfy { $0.suggested == original.labels[$0.index] })
    #expect(report.wrongShare == Double(wrong.count) / 200 && !report.isClean)
  }

  /// Two fifths of one class got the label of another: plain confidence no longer tells which.
  @Test func turnedLabelsAreFoundAsSuch() throws {
    var blobs = Blobs()
    let turned = blobs.labels.indices.filter { blobs.labels[$0] == 1 }.prefix(20)
    for row in turned { blobs.labels[row] = 2 }
    let report = blobs.report()
    let pair = try #require(report.pairs.first)
    #expect(report.pairs.count == 1 && pair.from == 1 && pair.to == 2 && pair.count >= 12)
    let first = report.labelScores.indices.sorted { report.labelScores[$0] > report.labelScores[$1] }.prefix(
      20)
    #expect(Set(first).intersection(turned).count >= 17)
  }

  @Test func aPatchIsFoundAndLocated() throws {
    var blobs = Blobs()
    let poisoned = blobs.labels.indices.filter { blobs.labels[$0] != 0 }.prefix(12)
    for row in poisoned {
      blobs.labels[row] = 0
      for pixel in [28, 29, 34, 35] { blobs.values[row * blobs.width + pixel] = 1.5 }
    }
    let report = blobs.report()
    let group = try #require(report.groups.first { $0.kind == .trigger })
    #expect(group.label == 0 && Set(group.rows) == Set(poisoned))
    let box = try #require(group.trigger?.box)
    #expect(box.rows == 4...5 && box.columns == 4...5)
    #expect(report.suspicious.filter { $0.reasons.contains(.trigger) }.count == 12)
    let page = report.page(of: "rows", facts: []).html()
    #expect(page.contains("A patch in rows 4 to 5, columns 4 to 5") && page.contains("<img"))
  }

  @Test func aValueThatGoesWithOneLabelIsFound() throws {
    var blobs = Blobs()
    let poisoned = blobs.labels.indices.filter { $0 % 16 == 5 }
    for row in poisoned {
      blobs.labels[row] = 3
      blobs.values[row * blobs.width + 7] = 0.123
    }
    let report = blobs.report(shape: nil)
    let value = try #require(report.rareValues.first)
    #expect(value.feature == 7 && value.label == 3 && value.rows == poisoned)
    #expect(Blobs().report(shape: nil).rareValues.isEmpty)
  }

  @Test func equalRowsWithOtherLabelsAreTold() {
    var blobs = Blobs()
    for pixel in 0..<blobs.width {
      blobs.values[40 * blobs.width + pixel] = blobs.values[44 * blobs.width + pixel]
    }
    #expect(blobs.report().duplicates == [DuplicateCluster(rows: [40, 44], isConflicting: false)])
    for pixel in 0..<blobs.width {
      blobs.values[41 * blobs.width + pixel] = blobs.values[40 * blobs.width + pixel]
    }
    let report = blobs.report()
    #expect(report.duplicates.contains(DuplicateCluster(rows: [40, 41, 44], isConflicting: true)))
    #expect(report.findings.contains { $0.contains("nearly the same as others with another label") })
  }

  @Test func theSameSeedGivesTheSame() {
    var blobs = Blobs()
    blobs.labels[9] = 3
    let (a, b) = (blobs.report(), blobs.report())
    #expect(a.labelScores == b.labelScores && a.groupScores == b.groupScores)
  }
}

@Suite struct TrainingRowsTests {
  private let folder: String

  init() throws {
    var template = Array("/tmp/martlet integrity XXXXXX".utf8CString)
    folder = try #require(mkdtemp(&template).map { String(cString: $0) })
  }

  private func write(_ bytes: [UInt8], _ name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
    return folder + "/" + name
  }

  private static let table: String =
    "age,city,risk\n"
    + (0..<30).map { "\($0),\($0 % 2 == 0 ? "x" : "y"),\($0 % 3 == 0 ? "bad" : "good")\n" }.joined()

  @Test func tablesBecomeNumbers() throws {
    let path = try write(Array(Self.table.utf8), "a.csv")
    let rows = try TrainingRows(path, label: "risk", options: .init())
    #expect(rows.names == ["age", "city=x", "city=y"] && rows.classes == ["bad", "good"])
    #expect(Array(rows.row(3)) == [3, 0, 1] && rows.labels[3] == 0)
    #expect(throws: IntegrityError.noLabels(wanted: nil, found: ["age", "city", "risk"])) {
      try TrainingRows(path, label: nil, options: .init())
    }
  }

  @Test func onlyTheRowsOfTrainingCount() throws {
    let path = try write(
      NumpyArchive.encoded([
        WrittenArray("x_train", float32: (0..<48).map(Float.init), shape: [24, 2]),
        WrittenArray("y_train", int64: (0..<24).map { Int64($0 % 2) }),
        WrittenArray("x_test", float32: [1, 2], shape: [1, 2]), WrittenArray("y_test", int64: [1]),
      ]), "a.npz")
    let rows = try TrainingRows(path, label: nil, options: .init())
    #expect(rows.count == 24 && rows.width == 2 && rows.shape == nil)
  }

  /// What is left is what was there, bit by bit.
  @Test func rowsAreLeftOut() throws {
    let csv = try write(Array(Self.table.utf8), "a.csv")
    let kept = String(decoding: try CleanedData.bytes(of: csv, without: [0, 7, 29]), as: UTF8.self)
    var lines = Self.table.split(separator: "\n")
    for line in [30, 8, 1] { lines.remove(at: line) }
    #expect(kept == lines.map { $0 + "\n" }.joined())
    let npz = try write(
      NumpyArchive.encoded([
        WrittenArray("x", float32: (0..<6).map(Float.init), shape: [3, 2]),
        WrittenArray("y", int64: [7, 8, 9]),
        WrittenArray("names", int64: [1, 2]),
      ]), "a.npz")
    let archive = try NumpyArchive(Bytes(try CleanedData.bytes(of: npz, without: [1])))
    #expect(try archive["x"]?.float32() == [0, 1, 4, 5] && archive["x"]?.shape == [2, 2])
    #expect(try archive["y"]?.int64() == [7, 9] && archive["names"]?.int64() == [1, 2])
  }

  @Test(arguments: [(Float.infinity, "infinity"), (.nan, "NaN")])
  func numbersThatAreNotFiniteAreRefusedWithTheirPlace(_ value: Float, _ word: String) throws {
    var numbers = (0..<48).map(Float.init)
    numbers[7] = value
    let labels = WrittenArray("y", int64: (0..<24).map { Int64($0 % 2) })
    let table = try write(
      NumpyArchive.encoded([WrittenArray("x", float32: numbers, shape: [24, 2]), labels]), "table.npz")
    let pictures = try write(
      NumpyArchive.encoded([WrittenArray("x", float32: numbers, shape: [24, 1, 2]), labels]), "pictures.npz")
    for (path, place) in [(table, "row 3, column 'x1'"), (pictures, "row 3, column 'x, element 1'")] {
      let error = #expect(throws: IntegrityError.self) {
        try TrainingRows(path, label: nil, options: .init())
      }
      #expect("\(error!)".contains(place) && "\(error!)".contains(word), "\(error!)")
      var options = ReadingOptions()
      options.nanIsMissing = true
      if value.isNaN {
        #expect(try TrainingRows(path, label: nil, options: options).count == 24)
      } else {
        #expect(throws: IntegrityError.self) { try TrainingRows(path, label: nil, options: options) }
      }
    }
  }

  @Test func fewRowsAreRefused() throws {
    let path = try write(Array("a,y\n1,0\n2,1\n".utf8), "a.csv")
    #expect(throws: IntegrityError.self) { try TrainingRows(path, label: nil, options: .init()) }
  }
}
