// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletReport
import Testing

@testable import MartletPrivacy

@Suite("The page of an audit")
struct PageTests {
  /// An audit of answers that tell `hits` of 200 members from all others.
  private func report(hits: Int, claimed: Double? = nil) throws -> PrivacyReport {
    let member: [Int64] = (0..<400).map { $0 < 200 ? 1 : 0 }
    let scores = member.indices.flatMap { row -> [Float] in
      // What is no hit is spread evenly over both.
      let sure: Float = row < hits ? 0.99 : 0.5 + 0.002 * Float(row % 200)
      return [sure, 1 - sure]
    }
    let file = PrivacyExample.npz([
      WrittenArray("scores", float32: scores, shape: [400, 2]),
      WrittenArray("y", int64: [Int64](repeating: 0, count: 400)), WrittenArray("member", int64: member),
      WrittenArray("id", int64: (0..<400).map { 9_000 + $0 }),
    ])
    return try AnswerRecords(npz: file, name: "answers").audit(
      PrivacyOrder(isRandomSplit: true, claimedEpsilon: claimed))
  }

  @Test("the verdict stands on top, with why, and the curve also in words")
  func page() throws {
    let report = try report(hits: 160, claimed: 0.5)
    let html = report.page(model: "<model>", facts: [("model", "digest")]).html()
    #expect(html.contains("Reject: very high risk") && html.contains("&lt;model&gt;"))
    #expect(html.contains("the claim is refuted"))
    #expect(
      html.contains("aria-label=\"loss: members found over non-members taken for members, both logarithmic: ")
    )
    #expect(html.contains("EDPB opinion 28/2024") && html.contains("Article 15(5)"))
    #expect(html.contains("too few records"))
    // Ids, and no values.
    #expect(html.contains("9000, 9001"))
    #expect(!html.contains("http:") && !html.contains("https:") && !html.contains("nan"))
  }

  @Test("a model that tells nothing is accepted, and the limits are told all the same")
  func accepted() throws {
    let report = try report(hits: 0)
    let html = report.page(model: "m", facts: []).html()
    #expect(html.contains("Accept: no leak was seen") && html.contains("No attack did better than guessing."))
    #expect(html.contains("no proof that there is none"))
    #expect(report.epsilonWords.contains("no epsilon above 0 is proved"))
  }

  @Test(
    "the risk follows from what is found",
    arguments: [(0, 1), (40, 4), (100, 5)])
  func levels(hits: Int, level: Int) throws {
    #expect(try report(hits: hits).risk.level == level)
  }
}
