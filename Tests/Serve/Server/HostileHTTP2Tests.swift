// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
import MartletServer
import NIOCore
import Testing

/// What clients send that mean harm, over HTTP/2. After each the server still answers.
@Suite(.serialized) struct HostileHTTP2Tests {
  private func expectAlive(_ served: ServedStore, _ location: SourceLocation = #_sourceLocation) async throws
  {
    let connection = try await served.connect(["h2"])
    defer { connection.close() }
    try await connection.beginHTTP2()
    try await connection.send(
      HTTP2Frames.frame(.headers, flags: 5, stream: 1, HTTP2Frames.request("GET", "/v2/health/live")))
    #expect(await connection.status(of: 1) == 200, sourceLocation: location)
  }

  @Test func aQuestionIsAnsweredOverHTTP2() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    let connection = try await served.connect(["h2"])
    try await connection.beginHTTP2()
    for stream in [1, 3, 5] as [UInt32] {
      try await connection.send(
        HTTP2Frames.frame(
          .headers, flags: 4, stream: stream, HTTP2Frames.request("POST", "/v2/models/digits/infer", key: key)
        )
          + HTTP2Frames.frame(.data, flags: 1, stream: stream, Question.body))
    }
    // In whatever order they come.
    var answered: Set<UInt32> = []
    while answered.count < 3, let (kind, _, stream, payload) = await connection.frame() {
      if kind == HTTP2Frames.Kind.headers.rawValue {
        #expect(payload.first == 0x88 || !answered.isEmpty)
        answered.insert(stream)
      }
    }
    #expect(answered == [1, 3, 5])
    connection.close()
    try await served.stop()
  }

  /// CVE-2023-44487: streams that are opened and reset at once.
  @Test func rapidResetEndsTheConnection() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    let connection = try await served.connect(["h2"])
    try await connection.beginHTTP2()
    var stream: UInt32 = 1
    let ended = Task { await connection.rest() }
    for _ in 0..<200 {
      var burst: [UInt8] = []
      for _ in 0..<50 {
        burst += HTTP2Frames.frame(
          .headers, flags: 4, stream: stream, HTTP2Frames.request("POST", "/v2/models/digits/infer", key: key)
        )
        burst += HTTP2Frames.frame(.reset, stream: stream, HTTP2Frames.number(8))
        stream += 2
      }
      do { try await connection.send(burst) } catch { break }
    }
    _ = await ended.value
    #expect(stream < 20_001)
    try await expectAlive(served)
    try await served.stop()
  }

  /// CVE-2024-27316: a head in frames without end.
  @Test func continuationsWithoutEndAreCut() async throws {
    let served = try await ServedStore(models: [])
    let connection = try await served.connect(["h2"])
    try await connection.beginHTTP2()
    let ended = Task { await connection.rest() }
    try await connection.send(
      HTTP2Frames.frame(.headers, stream: 1, HTTP2Frames.request("GET", "/v2/health/live")))
    let piece = HTTP2Frames.frame(
      .continuation, stream: 1, HTTP2Frames.block([("x", String(repeating: "a", count: 1_000))]))
    var sent = 0
    while sent < 10_000 {
      do { try await connection.send(piece) } catch { break }
      sent += 1
    }
    _ = await ended.value
    #expect(sent < 10_000)
    try await expectAlive(served)
    try await served.stop()
  }

  @Test func aHeadThatIsTooLargeIsRefused() async throws {
    let served = try await ServedStore(models: [])
    let connection = try await served.connect(["h2"])
    try await connection.beginHTTP2()
    let ended = Task { await connection.rest() }
    let fields = (0..<15).map { ("x\($0)", String(repeating: "a", count: 1_000)) }
    try await connection.send(
      HTTP2Frames.frame(
        .headers, flags: 1, stream: 1, HTTP2Frames.request("GET", "/v2/health/live", more: fields)))
    for _ in 0..<20 {
      do {
        try await connection.send(HTTP2Frames.frame(.continuation, stream: 1, HTTP2Frames.block(fields)))
      } catch { break }
    }
    try? await connection.send(HTTP2Frames.frame(.continuation, flags: 4, stream: 1, []))
    #expect(!(await ended.value).contains("live\":true"))
    try await expectAlive(served)
    try await served.stop()
  }

  @Test func floodsOfControlFramesEndTheConnection() async throws {
    for (name, frame) in [
      ("settings", HTTP2Frames.frame(.settings, stream: 0)),
      ("pings", HTTP2Frames.frame(.ping, stream: 0, [UInt8](repeating: 1, count: 8))),
      ("empty data", HTTP2Frames.frame(.data, stream: 1)),
    ] {
      let served = try await ServedStore(models: [])
      let connection = try await served.connect(["h2"])
      try await connection.beginHTTP2()
      if name == "empty data" {
        try await connection.send(
          HTTP2Frames.frame(.headers, flags: 4, stream: 1, HTTP2Frames.request("POST", "/signin")))
      }
      let burst = (0..<100).flatMap { _ in frame }
      // Nothing that comes back is read, so that answers would pile up.
      var sent = 0
      while sent < 2_000 {
        do { try await connection.send(burst) } catch { break }
        sent += 1
      }
      #expect(sent < 2_000, "\(name)")
      connection.close()
      try await expectAlive(served)
      try await served.stop()
    }
  }

  @Test(arguments: [
    ("frames of streams that are not open", HTTP2Frames.frame(.data, stream: 7, [1, 2, 3])),
    (
      "a stream with an even number",
      HTTP2Frames.frame(.headers, flags: 5, stream: 2, HTTP2Frames.request("GET", "/v2/health/live"))
    ),
    ("a push", HTTP2Frames.frame(.push, flags: 4, stream: 1, HTTP2Frames.number(2))),
    ("a frame that is too large", [1, 0, 1, 1, 5, 0, 0, 0, 1] + [UInt8](repeating: 0, count: 65_537)),
    (
      "a table index that is not there",
      HTTP2Frames.frame(.headers, flags: 5, stream: 1, [0xFF, 0xFF, 0xFF, 0xFF, 0x7F])
    ),
    ("a window that overflows", HTTP2Frames.frame(.window, stream: 0, HTTP2Frames.number(0x7FFF_FFFF))),
    ("a window of nothing", HTTP2Frames.frame(.window, stream: 0, HTTP2Frames.number(0))),
    ("settings with half an entry", HTTP2Frames.frame(.settings, stream: 0, [0, 1, 0])),
    (
      "an upper-case name",
      HTTP2Frames.frame(
        .headers, flags: 5, stream: 1, HTTP2Frames.request("GET", "/v2/health/live", more: [("X", "a")]))
    ),
    (
      "two paths",
      HTTP2Frames.frame(
        .headers, flags: 5, stream: 1, HTTP2Frames.request("GET", "/v2/health/live", more: [(":path", "/")]))
    ),
    (
      "a connection field",
      HTTP2Frames.frame(
        .headers, flags: 5, stream: 1,
        HTTP2Frames.request("GET", "/v2/health/live", more: [("connection", "close")]))
    ),
    (
      "a transfer encoding",
      HTTP2Frames.frame(
        .headers, flags: 5, stream: 1,
        HTTP2Frames.request("GET", "/v2/health/live", more: [("transfer-encoding", "chunked")]))
    ),
    (
      "a line break in a value",
      HTTP2Frames.frame(
        .headers, flags: 5, stream: 1,
        HTTP2Frames.request("GET", "/v2/health/live", more: [("a", "b\r\nc: d")]))
    ),
  ])
  func whatIsNotHTTP2IsNotAnswered(_ name: String, _ bytes: [UInt8]) async throws {
    let served = try await ServedStore(models: [], settings: { $0.connections.idle = .seconds(2) })
    let connection = try await served.connect(["h2"])
    try await connection.beginHTTP2()
    let ended = Task { await connection.rest() }
    try? await connection.send(bytes)
    #expect(!(await ended.value).contains("\"live\":true"), "\(name)")
    try await expectAlive(served)
    try await served.stop()
  }

  @Test func aBodyThatIsNotAsLongAsItSaysIsNotAnswered() async throws {
    let served = try await ServedStore(settings: { $0.connections.idle = .seconds(2) })
    let key = try served.key(.predictor)
    for length in [Question.body.count - 1, Question.body.count + 1] {
      let connection = try await served.connect(["h2"])
      try await connection.beginHTTP2()
      try await connection.send(
        HTTP2Frames.frame(
          .headers, flags: 4, stream: 1,
          HTTP2Frames.request(
            "POST", "/v2/models/digits/infer", key: key, more: [("content-length", "\(length)")]))
          + HTTP2Frames.frame(.data, flags: 1, stream: 1, Question.body))
      #expect(await connection.status(of: 1) != 200)
      connection.close()
    }
    try await expectAlive(served)
    try await served.stop()
  }
}
