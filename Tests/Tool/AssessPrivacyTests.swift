// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import Testing

/// `martlet assess privacy` as its users know it.
@Suite struct AssessPrivacyTests {
  let place = try! Workplace()

  struct Document: Decodable {
    struct Attack: Decodable {
      let name: String
      let auc: Double
      let tprAt1PctFpr: Double?
      let chosen: Bool
    }

    let verdict: String
    let risk: Int
    let members: Int
    let auc: Double
    let tprAt1PctFpr: Double?
    let attacks: [Attack]
    let exposed: [Int64]
    let epsilonLower: Double?
    let limits: [String]
    let evidence: String?
  }

  /// Rows of the breast cancer data, of which the example's network was trained on the first 380.
  private func records(_ rows: Range<Int>, _ name: String) throws {
    let archive = try NumpyArchive(Bytes(contentsOf: Example.cancerData))
    var values: [Float] = []
    var labels: [Int64] = []
    for part in ["train", "test"] {
      values += try #require(try archive["x_" + part]).float32()
      labels += try #require(try archive["y_" + part]).int64()
    }
    let file = NumpyArchive.encoded([
      WrittenArray(
        "x", float32: Array(values[rows.lowerBound * 30..<rows.upperBound * 30]), shape: [rows.count, 30]),
      WrittenArray("y", int64: Array(labels[rows])),
    ])
    try Data(file).write(to: URL(fileURLWithPath: place(name)))
  }

  @Test func anAuditIsDocumentPageAndEvidence() async throws {
    try records(0..<300, "members.npz")
    try records(380..<569, "others.npz")
    try await place.release(Example.network, as: "cancer")
    let arguments = [
      "assess", "privacy", Example.network, "--members", "members.npz", "--nonmembers", "others.npz",
      "--shadows", "2", "--epochs", "3", "--cache", "shadows",
    ]
    let ended = try await place.martlet(arguments + ["--format", "json"])
    #expect(ended.status == 0, "\(ended.errors)")
    let document = try JSONDecoder().decode(Document.self, from: Data(ended.output.utf8))
    #expect(document.members == 300 && (0...1).contains(document.auc) && (1...5).contains(document.risk))
    #expect(
      document.attacks.map(\.name)
        == ["loss", "entropy", "calibrated", "rmia", "lira-offline", "lira-online", "meta"])
    #expect(document.attacks.filter(\.chosen).count == 1)
    // 95 non-members are left to report on: too few for a hundredth of them.
    #expect(document.tprAt1PctFpr == nil && document.epsilonLower == nil)
    #expect(document.limits.contains { $0.contains("95 non-members are too few") })
    #expect(document.evidence != nil)
    let page = try await place.martlet(arguments + ["--format", "html", "-o", "report.html"])
    #expect(page.status == 0, "\(page.errors)")
    let html = String(decoding: try Example.bytes(place("report.html")), as: UTF8.self)
    #expect(html.contains("2 kept from before") && html.contains("EDPB opinion 28/2024"))
    #expect(!html.contains("http:") && !html.contains("https:"))
  }

  @Test func aRiskAboveWhatIsAcceptedIsStatusOne() async throws {
    // Scores that say who is a member.
    let member: [Int64] = (0..<400).map { $0 % 2 }
    let scores = member.indices.flatMap { row -> [Float] in
      let sure: Float = member[row] == 1 ? 0.9 : 0.6
      return [sure + Float(row) * 1e-5, 1 - sure - Float(row) * 1e-5]
    }
    let file = NumpyArchive.encoded([
      WrittenArray("scores", float32: scores, shape: [400, 2]),
      WrittenArray("y", int64: [Int64](repeating: 0, count: 400)), WrittenArray("member", int64: member),
    ])
    try Data(file).write(to: URL(fileURLWithPath: place("answers.npz")))
    let ended = try await place.martlet(
      "assess", "privacy", "--predictions", "answers.npz", "--random-split", "--max-risk", "4")
    #expect(ended.status == 1, "\(ended.errors)")
    #expect(ended.output.contains("reject  answers, risk 5 of 5"), "\(ended.output)")
    #expect(ended.output.contains("100.0 % of the members at 1 % false alarms"))
  }

  @Test func whatWouldMisleadIsRefused() async throws {
    try records(0..<300, "members.npz")
    try records(200..<400, "others.npz")
    let ended = try await place.martlet(
      "assess", "privacy", Example.network, "--members", "members.npz", "--nonmembers", "others.npz")
    #expect(ended.status == 2 && ended.output.isEmpty)
    #expect(ended.errors.contains("100 of 200 non-members are members too"), "\(ended.errors)")
  }

  @Test(arguments: [
    (["--shadows", "1"], "found 1"), (["--max-risk", "6"], "from 1 to 5"), (["--delta", "0"], "--delta"),
    (["--predictions", "a.npz"], "answers already"),
  ]) func anUnusableOrderIsRefused(_ arguments: [String], _ words: String) async throws {
    try records(0..<100, "members.npz")
    try records(400..<500, "others.npz")
    let ended = try await place.martlet(
      [
        "assess", "privacy", Example.network, "--members", "members.npz", "--nonmembers", "others.npz",
        "--no-cache",
      ]
        + arguments)
    #expect(ended.status == 2 && ended.errors.contains(words), "\(ended.errors)")
  }
}
