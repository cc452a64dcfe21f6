// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import Testing

/// `martlet guard` and `martlet watermark` as their users know them.
@Suite struct GuardCommandTests {
  let place = try! Workplace()

  private struct Calibration: Decodable {
    struct Threshold: Decodable {
      let channel: String
      let oneIn: Int
      let rate: Double
    }

    let rows: Int
    let layer: String?
    let thresholds: [Threshold]
  }

  private struct Replay: Decodable {
    struct Party: Decodable {
      let name: String
      let queries: Int
      let flaggedAt: Int?
    }

    let keys: [Party]
    let tenants: [Party]
  }

  private func calibrate(_ arguments: String...) async throws -> Program.Ended {
    try await place.martlet(
      ["guard", "calibrate", Example.digits, "--data", Example.digitsData, "--seed", "1", "-o", "guard.json"]
        + arguments)
  }

  @Test func aModelIsCalibratedAndItsOwnInputsAreNotFlagged() async throws {
    let ended = try await calibrate("--format", "json")
    #expect(ended.status == 0, "\(ended.errors)")
    let document = try JSONDecoder().decode(Calibration.self, from: Data(ended.output.utf8))
    #expect(document.rows == 597 && document.layer != nil && document.thresholds.count == 9)
    #expect(document.thresholds.allSatisfy { $0.rate > 1 / Double($0.oneIn) - 0.01 && $0.rate < 0.5 })
    let traffic = try place.queries("traffic.npz", from: Example.digitsData, count: 400)
    let replayed = try await place.martlet([
      "guard", "replay", Example.digits, "--guard", "guard.json", "--data", traffic, "--format", "json",
    ])
    #expect(replayed.status == 0, "\(replayed.errors)")
    let found = try JSONDecoder().decode(Replay.self, from: Data(replayed.output.utf8))
    #expect(found.keys.map(\.queries) == [400] && found.keys.allSatisfy { $0.flaggedAt == nil })
  }

  @Test func aRowThatHasNoNumberIsNamed() async throws {
    var values = [Double](repeating: 0.5, count: 200 * 64)
    values[155 * 64 + 27] = .nan
    let bytes = Npz.make([("x", Npz.array(values, "<f4", [200, 1, 8, 8]))])
    try place.write(bytes, to: "held.npz")
    let ended = try await place.martlet([
      "guard", "calibrate", Example.digits, "--data", "held.npz", "-o", "guard.json",
    ])
    #expect(ended.status == 2)
    #expect(
      ended.errors.contains("held.npz: x, row 155, element 27: expected a finite number"), "\(ended.errors)")
    #expect(!FileManager.default.fileExists(atPath: place("guard.json")))
  }

  /// A table needs no npz file; the column with the classes is none of its features.
  @Test func aTableIsCalibratedFromItsRows() async throws {
    let archive = try NumpyArchive(Bytes(contentsOf: Example.cancerData))
    let x = try #require(try archive["x_train"])
    let (values, width) = (try x.float32(), x.shape[1])
    let names = (0..<width).map { "f\($0)" }.joined(separator: ",")
    let lines = (0..<x.shape[0]).map { row in
      values[row * width..<(row + 1) * width].map { "\($0)" }.joined(separator: ",") + ",\(row % 2)\n"
    }
    try place.write(names + ",label\n" + lines.joined(), to: "held.csv")
    let ended = try await place.martlet([
      "guard", "calibrate", Example.network, "--data", "held.csv", "--seed", "1", "-o", "guard.json",
    ])
    #expect(ended.status == 0, "\(ended.errors)")
    let replayed = try await place.martlet([
      "guard", "replay", Example.network, "--guard", "guard.json", "--data", "held.csv",
    ])
    #expect(replayed.status == 0 && replayed.output.contains("nobody is flagged"), "\(replayed.output)")
    try place.write(names + "\n1,2\n", to: "ragged.csv")
    let ragged = try await place.martlet([
      "guard", "calibrate", Example.network, "--data", "ragged.csv", "-o", "other.json",
    ])
    #expect(ragged.status == 2 && ragged.errors.contains("ragged.csv: line 2"), "\(ragged.errors)")
    #expect(!FileManager.default.fileExists(atPath: place("other.json")))
  }

  @Test func invertedPicturesAreFlagged() async throws {
    _ = try await calibrate()
    let traffic = try place.queries("traffic.npz", from: Example.digitsData, count: 40, inverted: true)
    let replayed = try await place.martlet([
      "guard", "replay", Example.digits, "--guard", "guard.json", "--data", traffic,
    ])
    #expect(replayed.status == 1)
    #expect(replayed.output.contains("the key 0 looks like an attack"), "\(replayed.output)")
  }

  @Test func aCalibrationOfAnotherModelIsRefused() async throws {
    _ = try await calibrate()
    let traffic = try place.queries("traffic.npz", from: Example.digitsData, count: 10)
    let replayed = try await place.martlet([
      "guard", "replay", Example.network, "--guard", "guard.json", "--data", traffic,
    ])
    #expect(
      replayed.status == 2 && replayed.errors.contains("expected a calibration of"), "\(replayed.errors)")
  }

  @Test(arguments: [(["--slack", "2"], "--slack"), (["--references", "0"], "--references")])
  func anUnusableOrderIsRefused(_ arguments: [String], _ words: String) async throws {
    let ended = try await place.martlet(
      ["guard", "calibrate", Example.digits, "--data", Example.digitsData, "-o", "guard.json"] + arguments)
    #expect(ended.status == 2 && ended.errors.contains(words), "\(ended.errors)")
    #expect(!FileManager.default.fileExists(atPath: place("guard.json")))
  }

  @Test func whoNeverLearnedFromUsIsNoCopy() async throws {
    _ = try await calibrate()
    let made = try await place.martlet("watermark", "key", "-o", "watermark.key")
    #expect(made.status == 0, "\(made.errors)")
    let again = try await place.martlet("watermark", "key", "-o", "watermark.key")
    #expect(again.status == 2, "a key is not overwritten")
    let traffic = try place.queries("traffic.npz", from: Example.digitsData, count: 1_000)
    let verified = try await place.martlet([
      "watermark", "verify", Example.digits, "--model", Example.digits, "--guard", "guard.json", "--key",
      "watermark.key", "--data", traffic,
    ])
    // Chance may have it that the key changes none of a thousand.
    #expect(verified.status == 0 || verified.errors.contains("none among 1000"), "\(verified.errors)")
    #expect(!verified.output.contains("copy  1"))
  }
}

/// `martlet assess theft` as its users know it.
@Suite struct TheftCommandTests {
  let place = try! Workplace()

  private struct Document: Decodable {
    struct Price: Decodable {
      let answers: String
      let level: Double
      let queries: Double?
      let asked: Int
    }

    struct Advice: Decodable {
      let answers: String
      let budget: Int?
    }

    let examples: Int
    let price: [Price]
    let advice: Advice
    let complete: Bool
    let evidence: String?
  }

  @Test func aSmallModelHasAPrice() async throws {
    let ended = try await place.martlet([
      "assess", "theft", Example.network, "--data", Example.cancerData, "--attacks", "natural", "--answers",
      "full,label", "--queries", "100", "--seeds", "1", "--format", "json",
    ])
    #expect(ended.status == 0, "\(ended.errors)")
    let document = try JSONDecoder().decode(Document.self, from: Data(ended.output.utf8))
    #expect(document.price.map(\.answers) == ["full", "full", "full", "label", "label", "label"])
    #expect(document.complete && document.evidence == nil && document.advice.budget != nil)
    #expect(document.price[0].queries != nil, "90 % of a table with two classes cost less than 100 questions")
    #expect(!FileManager.default.fileExists(atPath: place.home))
  }

  @Test func aWholeAssessmentIsEvidenceWhereTheStoreHasTheModel() async throws {
    try await place.release(Example.digits, as: "digits")
    let order = [
      "assess", "theft", Example.digits, "--data", Example.digitsData, "--queries", "20", "--seeds", "1",
    ]
    let part = try await place.martlet(order + ["--attacks", "natural"])
    #expect(part.status == 0 && !part.output.contains("evidence"), "\(part.errors)")
    let whole = try await place.martlet(order + ["--format", "json"])
    #expect(whole.status == 0, "\(whole.errors)")
    let document = try JSONDecoder().decode(Document.self, from: Data(whole.output.utf8))
    #expect(document.evidence != nil && document.complete)
  }

  @Test func thePageStandsAlone() async throws {
    let ended = try await place.martlet([
      "assess", "theft", Example.network, "--data", Example.cancerData, "--queries", "50", "--seeds", "1",
      "--attacks", "natural,noise", "--format", "html", "-o", "theft.html",
    ])
    #expect(ended.status == 0, "\(ended.errors)")
    let html = String(decoding: try Example.bytes(place("theft.html")), as: UTF8.self)
    #expect(html.contains("The steal price") && !html.contains("http:") && !html.contains("https:"))
  }

  @Test(arguments: [
    (["--attacks", "burglary"], "found 'burglary'"), (["--answers", ""], "--answers"),
    (["--queries", "1"], "--queries"),
    (["--seeds", "0"], "--seeds"), (["--max-time", "0"], "--max-time"),
    (["-o", "/nowhere/at/all.html"], "/nowhere"),
  ]) func anUnusableOrderIsRefused(_ arguments: [String], _ words: String) async throws {
    let ended = try await place.martlet(
      ["assess", "theft", Example.network, "--data", Example.cancerData] + arguments)
    #expect(ended.status == 2 && ended.errors.contains(words), "\(ended.errors)")
  }
}

extension Workplace {
  /// Writes some of the test rows of a data file, over and over, as queries.
  /// - Parameter inverted: each element less than 1 as much as it was above 0.
  fileprivate func queries(
    _ name: String, from data: String, count: Int, inverted: Bool = false
  ) throws -> String {
    let array = try #require(try NumpyArchive(Bytes(contentsOf: data))["x_test"])
    let values = try array.float32()
    let width = array.shape.dropFirst().reduce(1, *)
    let chosen = (0..<count * width).map { values[$0 % values.count] }
    let written = NumpyArchive.encoded([
      WrittenArray(
        "x", float32: inverted ? chosen.map { 1 - $0 } : chosen, shape: [count] + array.shape.dropFirst())
    ])
    try Data(written).write(to: URL(fileURLWithPath: self(name)))
    return self(name)
  }
}
