// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Logging
import MartletAccess
import MartletBytes
import MartletEvidence
import MartletGuard
import MartletLifecycle
import MartletRegistry
import MartletServer
import Testing

/// Calibrations that are brought to a server while it runs, and what it does with answers in words.
@Suite struct CalibrationServingTests {
  private static let infer = "/v2/models/digits/infer"
  private static let place = "/api/v1/models/digits/versions/1/guard"

  /// Asks until an answer has the status. The server takes a calibration within a second, however long that is here.
  private func ask(
    until status: Int, _ served: ServedStore, key: APIKey, _ body: (Int) -> [UInt8]
  ) async throws {
    let connection = try await served.connect()
    defer { connection.close() }
    var turn = 0
    while try await connection.ask("POST", Self.infer, key: key, body: body(turn)).status != status {
      turn += 1
    }
  }

  @Test func aRunningServerTakesTheNewestCalibration() async throws {
    let known = try GuardedDigits.known.get()
    var limits = ModelSettings()
    limits.sentry.countsNetworks = false
    let settings = limits
    let served = try await ServedStore(
      settings: { $0.models.named = [(NamePattern("digits"), settings)] })
    let thief = try served.key(.predictor, for: "thief")
    let noise = GuardedDigits.noise(64)
    for row in noise {
      #expect(
        try await served.ask("POST", Self.infer, key: thief, body: GuardedDigits.json([row])).status == 200)
    }
    let operating = try served.key(.operator, on: "digits", for: "operator")
    let kept = try await served.ask(
      "PUT", Self.place, key: operating, body: known.calibration.json())
    #expect(kept.status == 200 && kept.text.contains("\"version\":1"), "\(kept.text)")
    try await ask(until: 403, served, key: thief) { GuardedDigits.json([noise[$0 % noise.count]]) }

    // One by other thresholds, kept on this machine: what was held against somebody by the first is nothing by it.
    let text = String(decoding: known.calibration.json(), as: UTF8.self)
    let other = try GuardCalibration(
      json: Bytes(Array(text.replacingOccurrences(of: "\"slack\" : 0.05", with: "\"slack\" : 0.06").utf8)))
    #expect(other.slack == 0.06)
    _ = try served.lifecycle.keepGuard(
      Bytes(other.json()), of: #require(Digest(hex: other.model)), rows: other.rows)
    try await ask(until: 200, served, key: thief) { _ in GuardedDigits.json([known.benign[0]]) }
    try await served.stop()
    let records = try served.records().filter { $0.action == "guard.calibrate" }
    #expect(records.count == 2 && records.allSatisfy { $0.model == "digits" })
    #expect(try records[0].principal == served.lifecycle.account(named: "operator").principal.id)
    #expect(records[0].reason?.contains("rows") == true)
  }

  /// A file of the settings is taken again when it is another; one that cannot be used leaves the one before.
  @Test func aRunningServerTakesAFileThatHasChanged() async throws {
    let known = try GuardedDigits.known.get()
    let path = FileManager.default.temporaryDirectory.path + "/guard \(UUID()).json"
    try Data(known.calibration.json()).write(to: URL(fileURLWithPath: path), options: .atomic)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let served = try await GuardedDigits.serve { $0.calibration = .file(path) }
    let key = try served.key(.predictor)
    let row = GuardedDigits.json([known.benign[0]])
    #expect(try await served.ask("POST", Self.infer, key: key, body: row).status == 200)
    try Data("{".utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    // As if it had been calibrated on half of the light.
    let range = known.calibration.profile.ranges[0]
    let profile = InputProfile(
      type: "float32", shape: [1, 8, 8], ranges: [.init(low: range.low, high: range.high / 2)])
    let text = String(decoding: known.calibration.json(), as: UTF8.self)
    let narrow = text.replacingOccurrences(of: "\"high\" : 1", with: "\"high\" : 0.5")
    #expect(try GuardCalibration(json: Bytes(utf8: narrow)).profile == profile)
    for _ in 0..<20 {
      #expect(try await served.ask("POST", Self.infer, key: key, body: row).status == 200)
    }
    try Data(narrow.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    try await ask(until: 400, served, key: key) { _ in row }
    try FileManager.default.removeItem(atPath: path)
    #expect(try await served.ask("POST", Self.infer, key: key, body: row).status == 400)
    try await served.stop()
  }

  /// What would be refused to everybody who asks is said before anybody does.
  @Test(arguments: [true, false])
  func aWatermarkThatCannotBeIsRefusedWithTheSettings(_ isGranted: Bool) async throws {
    var limits = ModelSettings()
    limits.sentry.policy.response.watermark = !isGranted
    let models = limits
    let served = try await ServedStore()
    var settings = ServerSettings()
    settings.models.named = [(NamePattern("digits"), models)]
    if isGranted {
      _ = try served.lifecycle.makeKey(
        for: "shop", kind: .service, role: .predictor, models: "digits",
        response: ResponsePolicy(watermark: true))
    }
    func check() throws {
      try Server.check(settings, Store(served.home), logger: Logger(label: "test"))
    }
    let error = #expect(throws: ServerError.self) { try check() }
    #expect("\(error!)".contains(isGranted ? "digits: a grant of shop would" : "digits: its settings would"))
    #expect("\(error!)".contains("there is no calibration"))
    try GuardedDigits.keep(served.lifecycle)
    try check()
    try await served.stop()
  }

  @Test func onlyWhoOperatesTheModelBringsOneIn() async throws {
    let known = try GuardedDigits.known.get()
    // The same bytes under another name, which whoever operates one of them says nothing about.
    let served = try await ServedStore(
      models: [("digits", "/digits/digits.onnx"), ("twin", "/digits/digits.onnx")])
    let bytes = known.calibration.json()
    let one = try served.key(.operator, on: "digits")
    #expect(try await served.ask("PUT", Self.place, key: one, body: bytes).status == 403)
    for role in Role.allCases where !role.actions.contains(.operate) {
      #expect(
        try await served.ask("PUT", Self.place, key: served.key(role), body: bytes).status == 403, "\(role)")
    }
    let both = try served.key(.operator)
    let kept = try await served.ask("PUT", Self.place, key: both, body: bytes)
    #expect(kept.status == 200 && kept.text.contains("\"twin\""), "\(kept.text)")
    #expect(try await served.ask("GET", Self.place, key: both).status == 405, "nothing gives it out again")

    for (body, status, words) in [
      (Array("{".utf8), 400, "the calibration cannot be used"),
      (Array("{}".utf8), 400, "missing"), ([], 400, "the calibration cannot be used"),
      (
        Array(
          String(decoding: bytes, as: UTF8.self).replacingOccurrences(
            of: known.calibration.model, with: String(repeating: "a", count: 64)
          ).utf8), 409, "calibrate anew"
      ),
    ] {
      let answer = try await served.ask("PUT", Self.place, key: both, body: body)
      #expect(answer.status == status && answer.text.contains(words), "\(answer.text)")
    }
    #expect(
      try await served.ask(
        "PUT", "/api/v1/models/digits/versions/7/guard", key: both, body: bytes
      ).status == 404)
    try await served.stop()
    #expect(try served.records().count { $0.action == "guard.calibrate" } == 1)
  }

  /// A false answer is false in words too, and an output whose words nobody knows the order of stays where it is.
  @Test(arguments: [true, false])
  func aWatermarkChangesTheWordsToo(_ knowsNames: Bool) async throws {
    let path = try WordyDigits.write()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let calibration = try WordyDigits.calibration(path, knowsNames: knowsNames)
    let rows = try GuardedDigits.known.get().benign
    // A key that changes some of these answers.
    let secret = try #require(
      try (UInt8(0)..<250).map { [UInt8](repeating: $0, count: 32) }.first { key in
        let mark = try AnswerWatermark(key: key, profile: calibration.profile)
        return rows.count { mark.wrongAnswer(to: $0.span, answer: 0, classes: 10) != nil } >= 3
      })
    let file = FileManager.default.temporaryDirectory.path + "/watermark \(UUID()).key"
    let digits = secret.map { String(format: "%02x", $0) }.joined()
    #expect(
      FileManager.default.createFile(
        atPath: file, contents: Data(digits.utf8), attributes: [.posixPermissions: 0o600]))
    defer { try? FileManager.default.removeItem(atPath: file) }
    var limits = ModelSettings()
    limits.sentry.watermarkKey = file
    limits.sentry.policy.alpha = 1e-12
    let settings = limits
    let served = try await ServedStore(
      models: [("digits", path)], settings: { $0.models.named = [(NamePattern("digits"), settings)] },
      prepare: {
        _ = try $0.keepGuard(
          Bytes(calibration.json()), of: #require(Digest(hex: calibration.model)), rows: calibration.rows)
      })
    let honest = try served.key(.predictor)
    let marked = try served.lifecycle.makeKey(
      for: "shop", kind: .service, role: .predictor, models: "digits",
      response: ResponsePolicy(watermark: true))
    func answers(_ key: APIKey) async throws -> (places: [Int], words: [String]?) {
      let answer = try await served.ask("POST", Self.infer, key: key, body: GuardedDigits.json(rows))
      #expect(answer.status == 200, "\(answer.text)")
      let read = try JSONDecoder().decode(WordyAnswer.self, from: Data(answer.body))
      let scores = try #require(read.outputs.first { $0.name == "logits" }?.numbers)
      let places = (0..<rows.count).map { row in
        (0..<10).max { scores[row * 10 + $0] < scores[row * 10 + $1] } ?? 0
      }
      return (places, read.outputs.first { $0.name == "word" }?.words)
    }
    let whole = try await answers(honest)
    #expect(whole.words == whole.places.map { WordyDigits.words[$0] })
    let changed = try await answers(marked)
    #expect(zip(whole.places, changed.places).count { $0 != $1 } >= 3)
    if knowsNames {
      #expect(changed.words == changed.places.map { WordyDigits.words[$0] })
    } else {
      #expect(changed.words == nil)
      let asked = GuardedDigits.json([rows[0]], outputs: ["word"])
      #expect(try await served.ask("POST", Self.infer, key: marked, body: asked).status == 403)
    }
    try await served.stop()
  }
}

private struct WordyAnswer: Decodable {
  struct Output: Decodable {
    let name: String
    let numbers: [Double]?
    let words: [String]?

    init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: Key.self)
      name = try members.decode(String.self, forKey: .name)
      words = try? members.decode([String].self, forKey: .data)
      numbers = try? members.decode([Double].self, forKey: .data)
    }

    enum Key: CodingKey { case name, data }
  }

  let outputs: [Output]
}
