// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletGuard
import MartletLifecycle
import MartletRegistry
import MartletServer
import Testing

/// How much of an answer a grant gives, over every way to ask.
@Suite struct ShapedAnswerTests {
  private static let infer = "/v2/models/digits/infer"

  private func key(_ served: ServedStore, _ response: ResponsePolicy?) throws -> APIKey {
    try served.lifecycle.makeKey(
      for: "somebody \(UUID())", kind: .service, role: .predictor, models: "digits", response: response)
  }

  /// Every way to put rows to the model.
  private func everyWay(
    _ rows: [[Float]], _ output: String, key: APIKey, _ served: ServedStore
  ) async throws -> [(way: String, answer: RawAnswer)] {
    let raw = GuardedDigits.raw(rows)
    let shape = "[\(rows.count),1,8,8]"
    let input =
      "{\"name\":\"image\",\"shape\":\(shape),\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":\(raw.count)}}"
    let allBinary = Array("{\"inputs\":[\(input)],\"parameters\":{\"binary_data_output\":true}}".utf8)
    let oneBinary = Array(
      "{\"inputs\":[\(input)],\"outputs\":[{\"name\":\"\(output)\",\"parameters\":{\"binary_data\":true}}]}"
        .utf8)
    func length(_ head: [UInt8]) -> [String] { ["Inference-Header-Content-Length: \(head.count)"] }
    let connection = try await served.connect()
    defer { connection.close() }
    var answers: [(String, RawAnswer)] = []
    for (way, fields, body) in [
      ("JSON", [], GuardedDigits.json(rows)),
      ("JSON by name", [], GuardedDigits.json(rows, outputs: [output])),
      ("binary", length(allBinary), allBinary + raw), ("binary by name", length(oneBinary), oneBinary + raw),
      ("raw", ["Content-Type: application/octet-stream"], raw),
    ] {
      answers.append(
        (way, try await connection.ask("POST", Self.infer, key: key, fields: fields, body: body)))
    }
    answers.append(
      (
        "version",
        try await connection.ask(
          "POST", "/v2/models/digits/versions/1/infer", key: key, body: GuardedDigits.json(rows))
      ))
    return answers
  }

  @Test(arguments: [false, true], [false, true])
  func aLabelOnlyGrantNeverGivesAProbability(_ isBatched: Bool, _ isCalibrated: Bool) async throws {
    let known = try GuardedDigits.known.get()
    let served = try await GuardedDigits.serve(batch: isBatched ? .init(rows: 16) : nil) {
      if !isCalibrated { $0.calibration = .none }
    }
    let key = try key(served, ResponsePolicy(labelOnly: true))
    let rows = Array(known.benign.prefix(3))
    for (way, answer) in try await everyWay(rows, known.calibration.output, key: key, served) {
      #expect(answer.status == 200, "\(way): \(answer.text)")
      let found = try InferAnswer.rows(answer)
      #expect(found.count == 3, "\(way)")
      for (row, scores) in found.enumerated() {
        #expect(scores.sorted() == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "\(way): \(scores)")
        let best = known.answers[row].indices.max { known.answers[row][$0] < known.answers[row][$1] }
        #expect(scores.firstIndex(of: 1) == best)
      }
    }
    try await served.stop()
  }

  @Test func answersThatAreComputedTogetherAreShapedApart() async throws {
    let known = try GuardedDigits.known.get()
    let served = try await GuardedDigits.serve(batch: .init(rows: 64, wait: .milliseconds(20)))
    let keys = try [nil, ResponsePolicy(labelOnly: true), ResponsePolicy(decimals: 1, top: 2)].map {
      try key(served, $0)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for turn in 0..<9 {
        group.addTask {
          let connection = try await served.connect()
          defer { connection.close() }
          for step in 0..<6 {
            let place = (turn * 7 + step) % known.benign.count
            let answer = try await connection.ask(
              "POST", Self.infer, key: keys[turn % 3], body: GuardedDigits.json([known.benign[place]]))
            let scores = try InferAnswer.rows(answer)[0]
            switch turn % 3 {
            case 0:
              #expect(zip(scores, known.answers[place]).allSatisfy { abs($0 - Double($1)) < 1e-3 })
            case 1: #expect(scores.sorted() == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
            default:
              #expect(scores.count { $0 > 0 } <= 2)
              #expect(scores.allSatisfy { abs($0 * 10 - ($0 * 10).rounded()) < 1e-4 })
            }
          }
        }
      }
      try await group.waitForAll()
    }
    try await served.stop()
  }

  @Test func theNarrowestOfSeveralGrantsHoldsAndFullEndsIt() async throws {
    let known = try GuardedDigits.known.get()
    let served = try await GuardedDigits.serve()
    let key = try key(served, nil)
    let owner = try #require(try served.lifecycle.store.registry.key(key.id)?.account.principal.name)
    let body = GuardedDigits.json([known.benign[0]])
    func scores() async throws -> [Double] {
      try InferAnswer.rows(try await served.ask("POST", Self.infer, key: key, body: body))[0]
    }
    let whole = try await scores()
    #expect(whole.contains { $0 != 0 && $0 != 1 })
    try served.lifecycle.grant(
      .predictor, on: "dig*", to: owner, effect: .allow, response: ResponsePolicy(labelOnly: true))
    #expect(try await scores().allSatisfy { $0 == 0 || $0 == 1 })
    // Given again without a word about answers, it stays as it is.
    try served.lifecycle.grant(.predictor, on: "dig*", to: owner, effect: .allow)
    #expect(try await scores().allSatisfy { $0 == 0 || $0 == 1 })
    try served.lifecycle.grant(.predictor, on: "dig*", to: owner, effect: .allow, response: .full)
    #expect(try await scores() == whole)
    #expect(throws: AccessError.self) {
      try served.lifecycle.grant(
        .viewer, on: "digits", to: owner, effect: .allow, response: ResponsePolicy(top: 1))
    }
    try await served.stop()
  }

  /// A copy that learned from the answers of the server repeats the false ones; the model itself does not.
  @Test func aCopyMadeThroughTheDoorGivesItselfAway() async throws {
    let known = try GuardedDigits.known.get()
    let profile = known.calibration.profile
    // Questions near the known ones, so that each has its own place on the watermark's grid.
    let asked = (0..<3).flatMap { turn in
      known.benign.prefix(200).map { row in
        row.enumerated().map { min(1, max(0, $0.element + Float((turn + $0.offset) % 5) / 40)) }
      }
    }
    // One that changes enough of them to tell.
    let secret = try #require(
      try (UInt8(0)..<250).map { [UInt8](repeating: $0, count: 32) }.first { key in
        let mark = try AnswerWatermark(key: key, profile: profile)
        return asked.count { mark.wrongAnswer(to: $0.span, answer: 0, classes: 10) != nil } >= 6
      })
    let path = FileManager.default.temporaryDirectory.path + "/watermark \(UUID()).key"
    let digits = secret.map { String(format: "%02x", $0) }.joined()
    #expect(
      FileManager.default.createFile(
        atPath: path, contents: Data(digits.utf8), attributes: [.posixPermissions: 0o600]))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let served = try await GuardedDigits.serve {
      $0.policy.alpha = 1e-12
      $0.watermarkKey = path
    }
    let honest = try key(served, nil)
    let thief = try key(served, ResponsePolicy(watermark: true))
    func labels(_ key: APIKey) async throws -> [Int] {
      let connection = try await served.connect()
      defer { connection.close() }
      var labels: [Int] = []
      for start in stride(from: 0, to: asked.count, by: 200) {
        let answer = try await connection.ask(
          "POST", Self.infer, key: key, fields: ["Content-Type: application/octet-stream"],
          body: GuardedDigits.raw(Array(asked[start..<start + 200])))
        #expect(answer.status == 200, "\(answer.text)")
        for row in try InferAnswer.rows(answer) {
          labels.append(row.indices.max { row[$0] < row[$1] } ?? 0)
        }
      }
      return labels
    }
    let answers = try await labels(honest)
    let stolen = try await labels(thief)
    let changed = zip(answers, stolen).count { $0 != $1 }
    #expect(changed >= 6 && changed < asked.count / 25, "\(changed) of \(asked.count)")
    #expect(try await labels(thief) == stolen, "asking again shows nothing")

    let mark = try AnswerWatermark(key: secret, profile: profile)
    let others = try (0..<130).map { number in
      try AnswerWatermark(key: [UInt8](repeating: 251, count: 31) + [UInt8(number)], profile: profile)
    }
    func trial(_ suspect: [Int]) throws -> WatermarkTrial {
      try WatermarkTrial(
        mark, others: others, queries: asked.flatMap { $0 }, answers: answers, suspect: suspect, classes: 10)
    }
    let copy = try trial(stolen)
    #expect(copy.isCopy && copy.matches == copy.triggers)
    #expect(try !trial(answers).isCopy)
    try await served.stop()
  }

  @Test func whoIsToGetWatermarkedAnswersGetsNoOthers() async throws {
    let served = try await GuardedDigits.serve { $0.calibration = .none }
    let key = try key(served, ResponsePolicy(watermark: true))
    #expect(try await served.ask("POST", Self.infer, key: key, body: Question.body).status == 503)
    try await served.stop()
  }
}
