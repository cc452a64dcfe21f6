// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletFormats
import MartletReport
import Testing

@testable import MartletDatasets

@Suite struct DriftTests {
  let scratch = try! DataScratch()

  /// Values of scipy 1.17: `scipy.stats.chi2.sf`, `scipy.stats.kstwobign.sf`.
  @Test func probabilitiesAreThoseOfTables() {
    func near(_ a: Double, _ b: Double) -> Bool {
      abs(a - b) <= 1e-10 * max(1, abs(b)) || abs(a / b - 1) < 1e-9
    }
    #expect(near(TwoSample.upperGamma(0.5, 3.841458820694124 / 2), 0.05))
    #expect(near(TwoSample.upperGamma(5, 18.307038053275146 / 2), 0.05))
    #expect(near(TwoSample.upperGamma(1.5, 100 / 2), 1.554159431389604e-21))
    #expect(near(TwoSample.kolmogorov(1.3580986393225507), 0.05))
    #expect(near(TwoSample.kolmogorov(2), 0.0006709252557796953))
    #expect(TwoSample.kolmogorov(0.1) == 1)
  }

  @Test func statisticsAreThoseOfTheDefinitions() throws {
    let outcome = TwoSample.kolmogorovSmirnov([1, 2, 3, 4], [3, 4, 5, 6])
    #expect(outcome.statistic == 0.5)
    #expect(TwoSample.kolmogorovSmirnov([1, 1, 2], [1, 1, 2]).statistic == 0)
    let square = try #require(TwoSample.chiSquare([10, 20, 30], [20, 20, 20]))
    #expect(abs(square.statistic - 16.0 / 3) < 1e-12)
    #expect(abs(square.p - exp(-8.0 / 3)) < 1e-12)
    #expect(TwoSample.chiSquare([10, 0], [5, 0]) == nil)
    let adjusted: [Double] = TwoSample.adjusted([0.01, 0.04, 0.03, 0.5])
    #expect(adjusted == [0.04, 0.16 / 3, 0.16 / 3, 0.5])
  }

  private static func table(_ rows: Int, seed: UInt64, shift: Double = 0, city: Int = 3, gaps: Int = 0)
    -> String
  {
    var random = seed
    func next() -> Double {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(random >> 11) * 0x1p-53
    }
    var text = "a,b,c,city\n"
    for row in 0..<rows {
      let b = next() + next() + shift
      text +=
        "\(next()),\(row < gaps ? "" : "\(b)"),\(Int(next() * 1_000)),\(["x", "y", "z"][Int(next() * Double(city))])\n"
    }
    return text
  }

  @Test func whatDriftedIsCalledAndNothingElse() throws {
    try scratch.write(Self.table(800, seed: 1), to: "a.csv")
    try scratch.write(Self.table(700, seed: 2), to: "same.csv")
    try scratch.write(Self.table(700, seed: 3, shift: 0.3, city: 2), to: "other.csv")
    try scratch.write(Self.table(700, seed: 4, gaps: 60), to: "gaps.csv")
    func drift(_ name: String) throws -> [String] {
      try DataDrift(from: scratch.path("a.csv"), to: scratch.path(name), options: .init(), alpha: 0.01)
        .drifted.map { "\($0.column) \($0.test.rawValue)" }.sorted()
    }
    #expect(try drift("same.csv") == [])
    #expect(try drift("other.csv") == ["b KS", "city chi-square"])
    #expect(try drift("gaps.csv") == ["b missing"])
  }

  @Test func elementsOfPicturesAreNamed() throws {
    try scratch.write(DataScratch.pictures(400), to: "a.npz")
    try scratch.write(
      DataScratch.pictures(400) { values in for row in 0..<400 { values[row * 16 + 6] = 1 } }, to: "b.npz")
    let drift = try DataDrift(
      from: scratch.path("a.npz"), to: scratch.path("b.npz"), options: .init(), alpha: 0.01)
    #expect(drift.drifted.map(\.column) == ["x[0,1,2]"])
  }

  /// Whole numbers of an array are counted as those of a text are: labels are classes, wherever they stand.
  @Test func labelsOfAnArrayAreClasses() throws {
    func write(_ name: String, ones: Int) throws {
      try scratch.write(
        NumpyArchive.encoded([
          WrittenArray("x", float32: (0..<400).map { Float($0 * 37 % 400) }, shape: [400, 1]),
          WrittenArray("y", int64: (0..<400).map { $0 < ones ? 1 : 0 }),
        ]), to: name)
    }
    try write("a.npz", ones: 200)
    try write("b.npz", ones: 90)
    let profile = try DataProfile(scratch.path("b.npz"), options: .init())
    let labels = try #require(profile.columns.first { $0.name == "y" })
    #expect(labels.values?.map(\.count).sorted() == [90, 310])
    let drift = try DataDrift(
      from: scratch.path("a.npz"), to: scratch.path("b.npz"), options: .init(), alpha: 0.01)
    #expect(drift.drifted.map { "\($0.column) \($0.test.rawValue)" } == ["y chi-square"])
  }

  @Test func theProfileSaysWhatIsInTheColumns() throws {
    try scratch.write(DataScratch.people(90) { $0[4][0] = "" }, to: "a.csv")
    let profile = try DataProfile(scratch.path("a.csv"), options: .init())
    #expect(profile.digest == (try scratch.seal("a.csv").digest))
    let (age, city) = (profile.columns[0], profile.columns[1])
    #expect(age.missing == 1 && age.low == 20 && age.high == 79 && age.isWhole == true)
    #expect(city.values?.map(\.count) == [30, 30, 30])
    let again = try JSONDecoder().decode(DataProfile.self, from: Data(profile.encoded()))
    #expect(again.columns == profile.columns)
    let page = profile.page.html()
    #expect(page.contains("<svg") && page.contains("Köln") && !page.contains("<script"))
  }
}
