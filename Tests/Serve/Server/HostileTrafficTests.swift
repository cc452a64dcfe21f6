// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletServer
import NIOCore
import Testing

/// What clients send that mean harm, over HTTP/1.1. After each the server still answers.
@Suite(.serialized) struct HostileTrafficTests {
  /// Short times, so that a test need not wait long, and long enough for a machine that does other things too.
  private static func hurried(_ settings: inout ServerSettings) {
    settings.connections.head = .seconds(1)
    settings.connections.idle = .seconds(2)
    settings.connections.request = .seconds(4)
  }

  private func expectAlive(
    _ served: ServedStore, _ key: APIKey, _ location: SourceLocation = #_sourceLocation
  ) async throws {
    let answer = try await persistently {
      try await served.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body)
    }
    #expect(answer.status == 200, "\(answer.text)", sourceLocation: location)
  }

  /// Where the times are short and the machine is busy, the server may have closed before a question was out.
  private func persistently<Answer>(_ ask: () async throws -> Answer) async throws -> Answer {
    for _ in 1..<20 {
      if let answer = try? await ask() { return answer }
    }
    return try await ask()
  }

  @Test func slowlorisIsClosedAtEveryPlaceWhereItMayWait() async throws {
    let served = try await ServedStore(settings: Self.hurried)
    let key = try served.key(.predictor)
    let head = "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(key.reveal())\r\n"
    let waiting = [
      ("nothing", ""), ("a method", "POS"), ("half a head", String(head.dropLast(9))),
      ("a head without its end", head), ("no body", head + "Content-Length: 900\r\n\r\n"),
      ("half a body", head + "Content-Length: 900\r\n\r\n{\"inputs\":"),
      ("half a chunk", head + "Transfer-Encoding: chunked\r\n\r\n20\r\n{"),
      (
        "a body that the router takes",
        "POST /signin HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nname=a"
      ),
      ("no next request", "GET /v2/health/live HTTP/1.1\r\nHost: x\r\n\r\n"),
    ]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (name, bytes) in waiting {
        group.addTask {
          // On a busy machine the server may be through with it before it is connected, or before it is sent.
          guard let connection = try? await persistently({ try await served.connect() }) else { return }
          if !bytes.isEmpty { try? await connection.send(bytes) }
          // Ends only when the server closes.
          let rest = await connection.rest()
          // The router refuses a form of another site before it has come whole.
          #expect(
            rest.isEmpty || name == "no next request" || rest.hasPrefix("HTTP/1.1 403"), "\(name): \(rest)")
        }
      }
      try await group.waitForAll()
    }
    try await expectAlive(served, key)
    try await served.stop()
  }

  @Test func aBodyThatTricklesIsCutAlthoughSomethingAlwaysComes() async throws {
    let served = try await ServedStore(settings: { settings in
      Self.hurried(&settings)
      settings.connections.slowestBody = 1 << 20
    })
    let key = try served.key(.predictor)
    let connection = try await persistently { try await served.connect() }
    try? await connection.send(
      "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(key.reveal())\r\nContent-Length: 100000\r\n\r\n"
    )
    let closed = Task { await connection.rest() }
    while (try? await connection.send(" ")) != nil {}
    #expect(await closed.value == "")
    try await expectAlive(served, key)
    try await served.stop()
  }

  @Test func whoNeverFinishesTheHandshakeIsClosed() async throws {
    let served = try await ServedStore(settings: { $0.connections.handshake = .seconds(2) })
    let key = try served.key(.predictor)
    let silent = try await PlainConnection(port: served.port)
    #expect(await silent.rest() == [])
    let garbage = try await PlainConnection(port: served.port)
    try await garbage.send(Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
    #expect(!String(decoding: await garbage.rest(), as: UTF8.self).contains("HTTP"))
    try await expectAlive(served, key)
    try await served.stop()
  }

  @Test func oversizedBodiesAreRefusedAnnouncedOrChunked() async throws {
    let served = try await ServedStore(settings: { $0.models.standard.body = 10_000 })
    let key = try served.key(.predictor)
    let head = "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(key.reveal())\r\n"
    for (name, bytes) in [
      ("announced", head + "Content-Length: 10001\r\n\r\n"),
      ("announced beyond everything", head + "Content-Length: 9223372036854775807\r\n\r\n"),
      (
        "chunked", head + "Transfer-Encoding: chunked\r\n\r\n2711\r\n" + String(repeating: " ", count: 0x2711)
      ),
      (
        "in many chunks",
        head + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: "1\r\n \r\n", count: 10_001)
      ),
    ] {
      let connection = try await served.connect()
      try await connection.send(bytes)
      #expect(await connection.answer()?.status == 413, "\(name)")
      connection.close()
    }
    // Who may not ask learns that before the size of anything.
    let stranger = try await served.connect()
    try await stranger.send(
      "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n")
    #expect(await stranger.answer()?.status == 401)
    stranger.close()
    try await expectAlive(served, key)
    try await served.stop()
  }

  @Test func headerBombsAreRefused() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    for (name, fields) in [
      ("one large field", "X: " + String(repeating: "a", count: 40 << 10) + "\r\n"),
      ("many fields", String(repeating: "X: a\r\n", count: 5_000)),
      ("many bytes in all", (0..<90).map { "X\($0): \(String(repeating: "a", count: 1_000))\r\n" }.joined()),
      ("a name without end", String(repeating: "a", count: 100 << 10)),
      ("a large target", ""),
    ] {
      let connection = try await served.connect()
      let target =
        name == "a large target" ? "/" + String(repeating: "a", count: 100 << 10) : "/v2/health/live"
      try? await connection.send("GET \(target) HTTP/1.1\r\nHost: x\r\n\(fields)\r\n")
      let rest = await connection.rest()
      #expect(!rest.hasPrefix("HTTP/1.1 2"), "\(name): \(rest.prefix(80))")
    }
    try await expectAlive(served, key)
    try await served.stop()
  }

  /// Two readings of where a request ends are what smuggling lives on: whatever has two is refused, and nothing after it is answered.
  @Test(arguments: [
    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "Content-Length: 0\r\nContent-Length: 5\r\n\r\n", "Content-Length: 0, 5\r\n\r\n",
    "Content-Length: +0\r\n\r\n",
    "Content-Length: -1\r\n\r\n", "Content-Length: 0x0\r\n\r\n",
    "Content-Length: 99999999999999999999\r\n\r\n",
    "Transfer-Encoding: xchunked\r\n\r\n", "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
    "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "X: a\r\n Content-Length: 5\r\n\r\n", "X: a\u{0}b\r\n\r\n", "X\u{0}: a\r\n\r\n", "X Y: a\r\n\r\n",
    ": a\r\n\r\n",
  ])
  func smuggledRequestsAreNotAnswered(_ tail: String) async throws {
    let served = try await ServedStore(models: [], settings: Self.hurried)
    let smuggled = "GET /v2/health/ready HTTP/1.1\r\nHost: x\r\n\r\n"
    let connection = try await persistently { try await served.connect() }
    try? await connection.send("POST /v2/nothing HTTP/1.1\r\nHost: x\r\n" + tail + smuggled)
    let rest = await connection.rest()
    #expect(!rest.contains(#"{"ready":true}"#), "\(rest)")
    let alive = try await persistently { try await served.ask("GET", "/v2/health/live") }
    #expect(alive.status == 200)
    try await served.stop()
  }

  @Test(arguments: [
    "/v2/models/digits/../digits/infer", "/v2/models/./digits/infer", "//v2/models/digits/infer",
    "/v2//models/digits/infer", "/v2/models/digits/infer/", "/v2/models//digits/infer",
    "/V2/models/digits/infer",
    "/v2/models/digits%2Finfer", "/v2/models/digits%2finfer", "/v2/models/%64igits%00/infer",
    "/v2/models/digits%/infer", "/v2/models/digits%zz/infer", "/v2/models/digits%ff/infer",
    "/v2/models/..%2f..%2fetc%2fpasswd/infer", "/v2/models/digits/versions/1/../1/infer",
    "/v2/models/digits/versions/01e0/infer", "/v2/models/digits/versions/-1/infer",
    "/v2/models/digits/versions/99999999999999999999/infer", "/v2/models/digits/versions//infer",
    "/v2/models/digits;a=b/infer", "/v2/models/digits%23/infer", "/v2/models/digits%3f/infer",
    "/v2/models/*/infer", "/v2/models/dig*/infer",
  ])
  func onlyOneSpellingOfAPathLeadsToAModel(_ path: String) async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor, on: "digits")
    let answer = try await served.ask("POST", path, key: key, body: Question.body)
    #expect([403, 404].contains(answer.status), "\(path): \(answer.status) \(answer.text)")
    #expect(!answer.text.contains("logits"))
    // An escaped letter is the same name, and its right is looked at under that name.
    #expect(
      try await served.ask("POST", "/v2/models/%64igits/infer", key: key, body: Question.body).status == 200)
    #expect(
      try await served.ask("POST", "/v2/models/digits/infer?a=b", key: key, body: Question.body).status == 200
    )
    let other = try served.key(.predictor, on: "other")
    #expect(
      try await served.ask("POST", "/v2/models/%64igits/infer", key: other, body: Question.body).status == 403
    )
    try await served.stop()
  }

  @Test func nothingIsUnpackedThatIsSmallOnTheWireAndLargeHere() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    for encoding in ["gzip", "deflate", "br", "zstd", "gzip, identity", "GZIP"] {
      let answer = try await served.ask(
        "POST", "/v2/models/digits/infer", key: key, fields: ["Content-Encoding: \(encoding)"],
        body: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3])
      #expect(answer.status == 415, "\(encoding)")
    }
    #expect(
      try await served.ask(
        "POST", "/v2/models/digits/infer", key: key, fields: ["Content-Encoding: identity"],
        body: Question.body
      ).status == 200)
    try await served.stop()
  }

  @Test func bombsOfJSONAreRefused() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    func data(_ shape: String, _ data: String) -> String {
      #"{"inputs":[{"name":"image","shape":\#(shape),"datatype":"FP32","data":\#(data)}]}"#
    }
    for (name, body) in [
      ("depth", String(repeating: "[", count: 1_000_000)),
      ("depth of objects", String(repeating: #"{"a":"#, count: 200_000)),
      ("depth in what is skipped", #"{"x":\#(String(repeating: "[", count: 100_000))"#),
      ("depth in the data", data("[1,1,8,8]", String(repeating: "[", count: 100_000))),
      ("a number without end", data("[1,1,8,8]", "[1" + String(repeating: "0", count: 1_000_000) + "]")),
      ("an exponent without end", data("[1,1,8,8]", "[1e" + String(repeating: "9", count: 100_000) + "]")),
      ("a shape beyond memory", data("[2305843009213693951,8,8,1]", "[1]")),
      ("a shape that overflows", data("[9223372036854775807,9223372036854775807]", "[1]")),
      ("a shape of zeros and more", data("[0,9223372036854775807,9223372036854775807]", "[]")),
      (
        "a shape with a thousand sizes",
        data("[" + [String](repeating: "1", count: 1_000).joined(separator: ",") + "]", "[1]")
      ),
      (
        "many inputs",
        #"{"inputs":[\#([String](repeating: #"{"name":"image","shape":[0],"datatype":"FP32","data":[]}"#, count: 20_000).joined(separator: ","))]}"#
      ),
      (
        "one name a million times",
        "{" + [String](repeating: #""a":1"#, count: 100_000).joined(separator: ",") + "}"
      ),
      ("a text without end", #"{"id":"\#(String(repeating: "\\u0000", count: 100_000))"#),
    ] {
      let answer = try await served.ask("POST", "/v2/models/digits/infer", key: key, body: Array(body.utf8))
      #expect(answer.status == 400, "\(name): \(answer.status)")
      #expect(answer.body.count < 1_000, "\(name): an answer of \(answer.body.count) bytes")
    }
    try await expectAlive(served, key)
    try await served.stop()
  }

  @Test func halfClosedAndAbandonedConnectionsLeaveNothingBehind() async throws {
    let served = try await ServedStore(settings: { $0.models.standard.concurrency = 3 })
    let key = try served.key(.predictor)
    let head = "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(key.reveal())\r\n"
    // More than may be inside at once, each gone in the middle of its body.
    for _ in 0..<10 {
      let connection = try await served.connect()
      try await connection.send(head + "Content-Length: 900\r\n\r\n{\"inputs\":")
      connection.close()
    }
    while try await served.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body).status == 503
    {}
    try await expectAlive(served, key)
    try await served.stop()
  }
}
