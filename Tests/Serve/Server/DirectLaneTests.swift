// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletLifecycle
import MartletServer
import Testing

/// Questions that are answered out of the bytes of the connection, and those that go the long way: nobody can tell which.
@Suite(.serialized) struct DirectLaneTests {
  private func head(
    _ key: APIKey?, _ model: String = "digits", fields: [String] = [], length: Int = Question.body.count
  ) -> String {
    var lines = ["POST /v2/models/\(model)/infer HTTP/1.1", "Host: localhost"] + fields
    if let key { lines.append("Authorization: Bearer \(key.reveal())") }
    return (lines + ["Content-Length: \(length)", "", ""]).joined(separator: "\r\n")
  }

  /// The way that a question takes is told by nothing but time: the same status, fields and body.
  @Test func bothWaysGiveTheSameAnswer() async throws {
    let served = try await ServedStore(settings: { $0.models.standard.body = 2_000 })
    let (key, other) = (try served.key(.predictor), try served.key(.predictor, on: "other"))
    let trace = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    let binary = Array(
      #"{"inputs":[{"name":"image","shape":[1,1,8,8],"datatype":"FP32","parameters":{"binary_data_size":256}}],"parameters":{"binary_data_output":true}}"#
        .utf8)
    let raw = binary + [UInt8](repeating: 0, count: 256)
    let cases: [(name: String, key: APIKey?, fields: [String], body: [UInt8], status: Int)] = [
      ("JSON", key, [], Question.body, 200), ("traced", key, [trace], Question.body, 200),
      ("binary", key, ["Inference-Header-Content-Length: \(binary.count)"], raw, 200),
      ("raw", key, ["Content-Type: application/octet-stream"], Array(raw.suffix(256)), 200),
      ("no JSON", key, [], [1], 400), ("nothing", key, [], [], 400),
      ("a wrong length", key, ["Inference-Header-Content-Length: 9999"], raw, 400),
      ("no length", key, ["Inference-Header-Content-Length: x"], raw, 400),
      ("packed", key, ["Content-Encoding: gzip"], Question.body, 415),
      ("too large", key, [], [UInt8](repeating: 32, count: 2_001), 413),
      ("not allowed", other, [], Question.body, 403),
      ("nobody", nil, [], Question.body, 401),
    ]
    // Known from the first question on, and its model loaded.
    for key in [key, other] {
      _ = try await served.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body)
    }
    for (name, key, fields, body, status) in cases {
      let text = Array(head(key, fields: fields, length: body.count).utf8)
      let whole = try await served.connect()
      try await whole.send(text + body)
      let direct = try #require(await whole.answer(), "\(name)")
      // A field that says nothing, and that a plain head does not have.
      let odd = try await served.connect()
      try await odd.send(
        Array(String(decoding: text.dropLast(2), as: UTF8.self).utf8) + Array("X_Y: z\r\n\r\n".utf8) + body)
      let parsed = try #require(await odd.answer(), "\(name)")
      let cut = try await served.connect()
      try await cut.send(text)
      try await cut.send(body)
      let late = try #require(await cut.answer(), "\(name)")
      for answer in [direct, parsed, late] {
        #expect(answer.status == status, "\(name): \(answer.text)")
        #expect(answer.body == direct.body, "\(name)")
        #expect(
          answer.fields.filter { $0.key != "date" } == direct.fields.filter { $0.key != "date" }, "\(name)")
        #expect(answer.fields["date"]?.hasSuffix(" GMT") == true, "\(name)")
      }
      for connection in [whole, odd, cut] { connection.close() }
    }
    try await served.stop()
  }

  /// Who asks is looked at for each question, although the rest of the head is that of the one before.
  @Test func aKeyCountsForItsOwnQuestionOnly() async throws {
    let served = try await ServedStore()
    let (key, other) = (try served.key(.predictor), try served.key(.predictor, on: "other"))
    let wrong = try #require(APIKey(presented: key.reveal()))
    let connection = try await served.connect()
    func status(_ credential: String) async throws -> Int {
      let text =
        "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(credential)\r\nContent-Length: \(Question.body.count)\r\n\r\n"
      try await connection.send(Array(text.utf8) + Question.body)
      return try #require(await connection.answer()).status
    }
    let shown = wrong.reveal()
    let forged = String(shown.dropLast(12)) + String(shown.suffix(12).reversed())
    for _ in 0..<3 {
      #expect(try await status(key.reveal()) == 200)
      #expect(try await status(other.reveal()) == 403)
      #expect(try await status(forged) == 401)
      #expect(try await status(String(repeating: "a", count: shown.utf8.count)) == 401)
    }
    connection.close()
    try await served.stop()
    let records = try served.records().filter { $0.action == "serve.predict" }
    #expect(records.count { $0.outcome == "allowed" } == 3)
    #expect(records.count { $0.outcome == "denied" } == 3)
  }

  @Test func questionsInOnePieceAndInManyAreAnsweredInOrder() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    func question(_ id: Int) -> [UInt8] {
      let body = Question.json.replacingOccurrences(of: #""id":"7""#, with: #""id":"q\#(id)""#)
      return Array(head(key, length: body.utf8.count).utf8) + Array(body.utf8)
    }
    let connection = try await served.connect()
    _ = try await connection.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body)
    var sent = 0
    func expect(_ count: Int) async throws {
      for id in sent - count..<sent {
        let answer = try #require(await connection.answer())
        #expect(answer.status == 200 && answer.text.contains(#""id":"q\#(id)""#), "\(id): \(answer.text)")
      }
    }
    func next() -> [UInt8] {
      sent += 1
      return question(sent - 1)
    }
    // Many at once.
    try await connection.send((0..<50).flatMap { _ in next() })
    try await expect(50)
    // Cut anywhere, and whole ones after that.
    for place in [1, 3, 4, 5, 30, 60, 100, 140, 180, 181, 200, 600] {
      let bytes = next()
      try await connection.send(Array(bytes.prefix(place)))
      try await connection.send(Array(bytes.dropFirst(place)))
      try await expect(1)
      try await connection.send(next())
      try await expect(1)
    }
    // The end of one with the beginning of the next.
    let (one, two) = (next(), next())
    try await connection.send(Array(one.prefix(300)))
    try await connection.send(Array(one.dropFirst(300)) + two.prefix(200))
    try await connection.send(Array(two.dropFirst(200)))
    try await expect(2)
    // What the router answers in between.
    let fresh = try await served.connect()
    for _ in 0..<5 {
      #expect(try await fresh.ask("GET", "/v2/models/digits", key: key).status == 200)
      #expect(
        try await fresh.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body).status == 200)
      #expect(try await fresh.ask("GET", "/nothing", key: key).status == 404)
    }
    connection.close()
    fresh.close()
    try await served.stop()
    #expect(
      try served.records().count { $0.action == "serve.predict" && $0.outcome == "allowed" } == sent + 6)
  }

  /// Behind a request that the parser refuses nothing is answered, on whichever way it would have come.
  @Test func nothingIsAnsweredBehindWhatIsRefused() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    _ = try await served.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body)
    let question = Array(head(key).utf8) + Question.body
    for refused in [
      "POST /v2/nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST /v2/nothing HTTP/1.1\r\nHost: x\r\nContent-Length: +0\r\n\r\n", "nonsense\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\u{0}\r\n\r\n",
    ] {
      let connection = try await served.connect()
      try? await connection.send(Array(refused.utf8))
      try? await connection.send(question)
      let rest = await connection.rest()
      #expect(!rest.contains("model_name"), "\(refused): \(rest)")
    }
    try await served.stop()
  }
}
