// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// `martlet assess corruptions` as its users know it.
@Suite struct AssessCorruptionsTests {
  let place = try! Workplace()

  struct Document: Decodable {
    struct Kind: Decodable {
      struct Strength: Decodable {
        let severity: Int
        let accuracy: Double
      }

      let name: String
      let accuracy: Double
      let severities: [Strength]
    }

    let cleanAccuracy: Double
    let meanAccuracy: Double
    let worst: String
    let corruptions: [Kind]
    let complete: Bool
    let evidence: String?
  }

  @Test func whatFoolsTheModelIsKeptAndFoolsItAgain() async throws {
    let ended = try await place.martlet([
      "assess", "corruptions", Example.digits, "--data", Example.digitsData, "--only", "contrast,fog",
      "--severity", "5", "--limit", "200", "--save", "fooled.npz", "--format", "json",
    ])
    #expect(ended.status == 0, "\(ended.errors)")
    let document = try JSONDecoder().decode(Document.self, from: Data(ended.output.utf8))
    #expect(document.corruptions.map(\.name) == ["fog", "contrast"])
    #expect(document.corruptions.allSatisfy { $0.severities.map(\.severity) == [5] })
    #expect(document.worst == "contrast" && document.meanAccuracy < document.cleanAccuracy)
    #expect(document.complete && document.evidence == nil)
    #expect(!FileManager.default.fileExists(atPath: place.home))
    let replayed = try await place.martlet("assess", "replay", Example.digits, "--inputs", "fooled.npz")
    #expect(replayed.status == 0, "every picture that was kept fools the model: \(replayed.output)")
  }

  @Test func aWholeMeasurementIsEvidenceWhereTheStoreHasTheModel() async throws {
    try await place.release(Example.digits, as: "digits")
    let part = try await place.martlet([
      "assess", "corruptions", Example.digits, "--data", Example.digitsData, "--only", "fog", "--limit", "20",
    ])
    #expect(part.status == 0 && !part.output.contains("evidence"), "\(part.errors)")
    let whole = try await place.martlet([
      "assess", "corruptions", Example.digits, "--data", Example.digitsData, "--limit", "20", "--format",
      "html", "-o", "report.html",
    ])
    #expect(whole.status == 0, "\(whole.errors)")
    let html = String(decoding: try Example.bytes(place("report.html")), as: UTF8.self)
    #expect(html.contains("right on corrupted pictures"))
    #expect(!html.contains("http:") && !html.contains("https:"))
    let bundled = try await place.martlet("bundle", "digits", "-o", "digits.json")
    #expect(bundled.lines.first?.hasPrefix("bundled  7 pieces of evidence and 5 records about ") == true)
  }

  @Test(arguments: [
    (["--only", "rain"], "found 'rain'"), (["--severity", "6"], "6"), (["--limit", "0"], "at least 1"),
  ]) func anUnusableOrderIsRefused(_ arguments: [String], _ words: String) async throws {
    let ended = try await place.martlet(
      ["assess", "corruptions", Example.digits, "--data", Example.digitsData] + arguments)
    #expect(ended.status != 0 && ended.errors.contains(words), "\(ended.errors)")
  }

  @Test func aTableIsNoPicture() async throws {
    let ended = try await place.martlet(
      "assess", "corruptions", Example.network, "--data", Example.cancerData)
    #expect(ended.status == 2)
    #expect(ended.errors.contains("expected pictures with values from 0 to 1"), "\(ended.errors)")
  }
}
