// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletBytes
import MartletFormats
import MartletLifecycle
import MartletONNXSchema
import MartletRegistry
import MartletServer
import SwiftProtobuf
import Testing

/// Models behind the server: several, in batches, exchanged while they are asked, and taken away.
@Suite(.serialized) struct ServingTests {
  private func logits(_ answer: RawAnswer) throws -> [Double] {
    let bytes = Bytes(answer.body)
    let document = try JSONReader.read(bytes.span)
    return try #require(document["outputs"]?.array?.first?["data"]?.array).compactMap(\.number)
  }

  private func question(_ value: Float) -> [UInt8] {
    Array(
      #"{"inputs":[{"name":"image","shape":[1,1,8,8],"datatype":"FP32","data":\#([Float](repeating: value, count: 64))}]}"#
        .utf8
    )
  }

  @Test func severalModelsAnswerBesideEachOther() async throws {
    let served = try await ServedStore(models: [
      ("digits", "/digits/digits.onnx"), ("network", "/breast-cancer/mlp.onnx"),
      ("forest", "/breast-cancer/forest.onnx"),
    ])
    let key = try served.key(.predictor)
    for (model, digits) in [("digits", 64), ("network", 30), ("forest", 30)] {
      let metadata = try await served.ask("GET", "/v2/models/\(model)", key: key)
      #expect(metadata.status == 200)
      let bytes = Bytes(metadata.body)
      let input = try #require(try JSONReader.read(bytes.span)["inputs"]?.array?.first)
      let name = try #require(input["name"]?.string)
      let shape = model == "digits" ? "[1,1,8,8]" : "[1,\(digits)]"
      let answer = try await served.ask(
        "POST", "/v2/models/\(model)/infer", key: key,
        body: Array(
          #"{"inputs":[{"name":"\#(name)","shape":\#(shape),"datatype":"FP32","data":\#([Float](repeating: 0, count: digits))}]}"#
            .utf8))
      #expect(answer.status == 200, "\(model): \(answer.text)")
      #expect(answer.text.hasPrefix(#"{"model_name":"\#(model)","model_version":"1","#))
    }
    try await served.stop()
  }

  @Test func questionsThatAreAnsweredTogetherGetTheirOwnAnswers() async throws {
    let alone = try await ServedStore()
    let together = try await ServedStore(settings: { settings in
      settings.models.standard.batch = .init(rows: 8, wait: .milliseconds(20))
    })
    let (first, second) = (try alone.key(.predictor), try together.key(.predictor))
    let values = (0..<40).map { Float($0) / 40 }
    var expected: [[Double]] = []
    for value in values {
      expected.append(
        try logits(try await alone.ask("POST", "/v2/models/digits/infer", key: first, body: question(value))))
    }
    let found = try await withThrowingTaskGroup(of: (Int, [Double]).self) { group in
      for (index, value) in values.enumerated() {
        group.addTask {
          (
            index,
            try logits(
              try await together.ask("POST", "/v2/models/digits/infer", key: second, body: question(value)))
          )
        }
      }
      return try await group.reduce(into: [Int: [Double]]()) { $0[$1.0] = $1.1 }
    }
    for (index, expected) in expected.enumerated() {
      let found = try #require(found[index])
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-4 }, "question \(index)")
    }
    // Nobody is refused for what others send along.
    let wrong = question(0.5).map { $0 == UInt8(ascii: "8") ? UInt8(ascii: "9") : $0 }
    #expect(try await together.ask("POST", "/v2/models/digits/infer", key: second, body: wrong).status == 400)
    try await alone.stop()
    try await together.stop()
  }

  @Test func moreThanAModelMayHaveAreToldToComeBack() async throws {
    let served = try await ServedStore(settings: { settings in
      settings.models.standard.concurrency = 1
      settings.models.standard.batch = .init(rows: 8, wait: .seconds(1))
    })
    let key = try served.key(.predictor)
    let answers = try await withThrowingTaskGroup(of: RawAnswer.self) { group in
      for _ in 0..<4 {
        group.addTask {
          try await served.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body)
        }
      }
      return try await group.reduce(into: [RawAnswer]()) { $0.append($1) }
    }
    #expect(answers.contains { $0.status == 200 })
    let refused = answers.filter { $0.status == 503 }
    #expect(!refused.isEmpty)
    #expect(refused.allSatisfy { $0.fields["retry-after"] == "1" })
    try await served.stop()
  }

  @Test func limitsAreThoseOfTheModel() async throws {
    let served = try await ServedStore(
      models: [
        ("digits", "/digits/digits.onnx"), ("small", "/digits/digits.onnx"),
        ("narrow", "/digits/digits.onnx"),
      ],
      settings: { settings in
        var small = ModelSettings()
        small.body = 100
        var narrow = ModelSettings()
        narrow.elements = 63
        settings.models.named = [(NamePattern("sma*"), small), (NamePattern("narrow"), narrow)]
      })
    let key = try served.key(.predictor)
    for (model, status) in [("digits", 200), ("small", 413), ("narrow", 400)] {
      #expect(
        try await served.ask("POST", "/v2/models/\(model)/infer", key: key, body: Question.body).status
          == status)
    }
    try await served.stop()
  }

  @Test func aNewerVersionTakesOverWithoutAGapAndFallsBack() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    let asking = Task {
      var versions: [String] = []
      let connection = try await served.connect()
      while !Task.isCancelled {
        let answer = try await connection.ask(
          "POST", "/v2/models/digits/infer", key: key, body: Question.body)
        let version = answer.status == 200 && answer.text.contains(#""model_version":"2""#) ? "2" : "1"
        versions.append(answer.status == 200 ? version : "refused with \(answer.status)")
        if version == "2" { break }
      }
      connection.close()
      return versions
    }
    // The same model with another remark in it has another digest.
    var model = try ONNXModelProto(
      serializedBytes: Data(contentsOf: URL(fileURLWithPath: ServedStore.examples + "/digits/digits.onnx")))
    model.docString = "the second version"
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).onnx")
    try (try model.serializedBytes() as Data).write(to: place)
    defer { try? FileManager.default.removeItem(at: place) }
    try ServedStore.release("/../../../../../../.." + place.path, as: "digits", served.lifecycle)
    let versions = try await asking.value
    #expect(versions.last == "2")
    #expect(versions.dropLast().allSatisfy { $0 == "1" }, "\(Set(versions))")

    let metadata = try await served.ask("GET", "/v2/models/digits", key: key)
    #expect(metadata.text.contains(#""versions":["2","1"]"#), "\(metadata.text)")
    let older = try await served.ask(
      "POST", "/v2/models/digits/versions/1/infer", key: key, body: Question.body)
    #expect(older.text.contains(#""model_version":"1""#))

    _ = try served.lifecycle.change(VersionName("digits:2"), .revoke, reason: "a test")
    let connection = try await served.connect()
    let begun = ContinuousClock.now
    var last = ""
    repeat {
      // What is asked a second after it was revoked cannot be answered by it, however slow this machine is.
      try #require(ContinuousClock.now - begun < .seconds(1) || last.isEmpty)
      last = try await connection.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body).text
    } while last.contains(#""model_version":"2""#)
    #expect(last.contains(#""model_version":"1""#))
    #expect(
      try await served.ask("POST", "/v2/models/digits/versions/2/infer", key: key, body: Question.body).status
        == 404)
    connection.close()
    try await served.stop()
  }

  @Test func whatIsQuarantinedIsGoneWithinASecondAlsoOnOpenConnections() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    let connection = try await served.connect()
    #expect(
      try await connection.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body).status == 200
    )
    _ = try served.lifecycle.change(VersionName("digits:1"), .quarantine, reason: "a test")
    let begun = ContinuousClock.now
    var asked = begun
    while try await connection.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body).status
      == 200
    {
      // Answered, although it was asked more than a second after?
      try #require(asked - begun < .seconds(1))
      asked = .now
    }
    #expect(
      try await connection.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body).status == 404
    )
    #expect(try await connection.ask("GET", "/v2/models/digits", key: key).status == 404)
    connection.close()
    try await served.stop()
  }

  @Test func aKeyThatIsRevokedStopsOnOpenConnections() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    let connection = try await served.connect()
    for _ in 0..<3 {
      #expect(
        try await connection.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body).status
          == 200)
    }
    try served.lifecycle.revokeKey(key.id)
    let begun = ContinuousClock.now
    var asked = begun
    while try await connection.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body).status
      == 200
    {
      // Answered, although it was asked more than a second after?
      try #require(asked - begun < .seconds(1))
      asked = .now
    }
    #expect(
      try await connection.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body).status == 401
    )
    connection.close()
    try await served.stop()
  }

  @Test func everyAcceptedQuestionIsInTheLogAndAPipelineKeepsItsOrder() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    let connection = try await served.connect()
    let infer =
      "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(key.reveal())\r\nContent-Length: \(Question.body.count)\r\n\r\n"
      + Question.json
    let look = "GET /v2/models/digits HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(key.reveal())\r\n\r\n"
    // Answered by the door and by the router in turns, all sent before the first answer.
    let order = [infer, look, infer, infer, look, look, infer]
    try await connection.send(order.joined())
    for request in order {
      let answer = try #require(await connection.answer())
      #expect(answer.status == 200)
      #expect(
        answer.text.hasPrefix(request == infer ? #"{"model_name":"digits""# : #"{"inputs":"#),
        "\(answer.text)")
    }
    connection.close()
    try await served.stop()
    let records = try served.records()
    #expect(records.count { $0.action == "serve.predict" && $0.outcome == "allowed" } == 4)
    #expect(records.count { $0.action == "serve.view" && $0.outcome == "allowed" } == 3)
    #expect(records.last?.action == "serve.stop")
  }

  @Test func rawBytesAloneAreAnsweredWithRawBytes() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    let raw = [UInt8](repeating: 0, count: 2 * 256)
    let answer = try await served.ask(
      "POST", "/v2/models/digits/infer", key: key, fields: ["Content-Type: application/octet-stream"],
      body: raw)
    #expect(answer.status == 200, "\(answer.text)")
    let length = try #require(answer.fields["inference-header-content-length"].flatMap { Int($0) })
    #expect(answer.body.count == length + 2 * 40)
    #expect(
      String(decoding: answer.body.prefix(length), as: UTF8.self).contains(
        #""shape":[2,10],"parameters":{"binary_data_size":80}"#))
    #expect(answer.fields["content-type"] == "application/octet-stream")
    try await served.stop()
  }
}
