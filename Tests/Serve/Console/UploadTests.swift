// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import HummingbirdTesting
import MartletAccess
import MartletEvidence
import MartletRegistry
import Testing

@testable import MartletConsole
@testable import MartletLifecycle

@Suite struct UploadTests {
  private static let model = ServedConsole.examples + "/digits/digits.onnx"

  /// What a browser sends for the form.
  private static func body(
    token: String?, model: String?, files: [(name: String, bytes: [UInt8])], boundary: String = "xYz"
  ) -> [UInt8] {
    var body: [UInt8] = []
    for (name, value) in [("token", token), ("model", model)] {
      guard let value else { continue }
      body += Array(
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
    }
    for (name, bytes) in files {
      let head = "Content-Disposition: form-data; name=\"files\"; filename=\"\(name)\""
      body += Array("--\(boundary)\r\n\(head)\r\nContent-Type: application/octet-stream\r\n\r\n".utf8)
      body += bytes + Array("\r\n".utf8)
    }
    return body + Array("--\(boundary)--\r\n".utf8)
  }

  private static func send(
    _ browser: Browser, _ body: [UInt8], headers: HTTPFields = [.secFetchSite: "same-origin"]
  ) async throws -> TestResponse {
    var headers = headers
    headers[.contentType] = "multipart/form-data; boundary=xYz"
    return try await browser.send(.post, "/upload", headers, body)
  }

  private func left(_ fixture: ConsoleFixture) throws -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: fixture.lifecycle.store.home.pushes)) ?? []
  }

  @Test func aFormWithAFileBecomesAVersionAndNothingIsLeftOver() async throws {
    let fixture = try ConsoleFixture()
    let key = try fixture.key(.submitter)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: Self.model)))
    try await fixture.visit { browser in
      try await browser.signIn(key)
      _ = try await browser.get("/upload")
      let body = Self.body(token: browser.token, model: "digits", files: [("digits.onnx", bytes)])
      let answer = try await Self.send(browser, body)
      #expect(answer.headers[.location] == "/models/digits/1?done=pushed")
      let again = try await Self.send(browser, body)
      #expect(again.headers[.location] == "/models/digits/1?done=known")
    }
    let version = try #require(try fixture.lifecycle.store.registry.versions(of: "digits").first)
    #expect(version.manifest.resources.map(\.digest) == [Digest.of(bytes)])
    #expect(try left(fixture).isEmpty)
  }

  @Test func aFolderKeepsItsNamesWithoutItsOwn() async throws {
    let fixture = try ConsoleFixture()
    let key = try fixture.key(.submitter)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: Self.model)))
    try await fixture.visit { browser in
      try await browser.signIn(key)
      _ = try await browser.get("/upload")
      let files = [("top/model.onnx", bytes), ("top/sub/notes.json", Array("{}".utf8))]
      let answer = try await Self.send(
        browser, Self.body(token: browser.token, model: "folder", files: files))
      #expect(answer.headers[.location] == "/models/folder/1?done=pushed")
    }
    let version = try #require(try fixture.lifecycle.store.registry.versions(of: "folder").first)
    #expect(version.manifest.resources.map(\.name) == ["model.onnx", "sub/notes.json"])
  }

  @Test func whatIsUnsafeIsRefusedAndSaysWhy() async throws {
    let fixture = try ConsoleFixture()
    let key = try fixture.key(.submitter)
    try await fixture.visit { browser in
      try await browser.signIn(key)
      _ = try await browser.get("/upload")
      let answer = try await Self.send(
        browser, Self.body(token: browser.token, model: "bad", files: [("bad.pkl", Showroom.pickle)]))
      let place = try #require(answer.headers[.location])
      #expect(place.hasPrefix("/models/bad/refused/"))
      let page = try await browser.get(place).html
      #expect(page.contains("MRT-PKL-001") && page.contains("What to do:"))
    }
    #expect(try fixture.lifecycle.store.registry.versions(of: nil).isEmpty)
    #expect(try left(fixture).isEmpty)
  }

  @Test func whoMayNotLeavesNothing() async throws {
    let fixture = try ConsoleFixture()
    let (viewer, other) = (try fixture.key(.viewer), try fixture.key(.submitter, on: "other"))
    let file = [("a.pkl", [UInt8](repeating: 1, count: 100_000))]
    try await fixture.visit { browser in
      for key in [viewer, other] {
        let browser = browser.stranger()
        try await browser.signIn(key)
        let token = browser.token
        for (token, model, headers, expected): (String?, String?, HTTPFields, Int) in [
          (token, "digits", [.secFetchSite: "same-origin"], 403),
          (nil, "other", [.secFetchSite: "same-origin"], 403),
          ("00", "other", [.secFetchSite: "same-origin"], 403),
          (token, "other", [.secFetchSite: "cross-site"], 403),
          (token, "../other", [.secFetchSite: "same-origin"], 409),
          (token, nil, [.secFetchSite: "same-origin"], 409),
        ] {
          let answer = try await Self.send(
            browser, Self.body(token: token, model: model, files: file), headers: headers)
          #expect(answer.status.code == expected, "\(model ?? "none")")
        }
      }
      let answer = try await Self.send(
        browser.stranger(), Self.body(token: "00", model: "other", files: file))
      #expect(answer.status == .forbidden)
    }
    #expect(try left(fixture).isEmpty)
  }

  @Test(arguments: ["../up.bin", "/etc/passwd", "top/../up.bin", "a//b", "top/", "."])
  func aNameThatLeadsElsewhereIsRefused(name: String) async throws {
    let fixture = try ConsoleFixture()
    let key = try fixture.key(.submitter)
    try await fixture.visit { browser in
      try await browser.signIn(key)
      _ = try await browser.get("/upload")
      // With a second file, so that names count.
      let files = [(name, [UInt8]("x".utf8)), ("top/ok.bin", [UInt8]("y".utf8))]
      let answer = try await Self.send(browser, Self.body(token: browser.token, model: "m", files: files))
      #expect(answer.status == .conflict)
    }
    #expect(try left(fixture).isEmpty)
    #expect(try fixture.lifecycle.store.registry.versions(of: nil).isEmpty)
  }

  @Test func aFormThatBreaksOffLeavesNothing() async throws {
    let fixture = try ConsoleFixture()
    let key = try fixture.key(.submitter)
    try await fixture.visit { browser in
      try await browser.signIn(key)
      _ = try await browser.get("/upload")
      let body = Self.body(
        token: browser.token, model: "m", files: [("a.bin", [UInt8](repeating: 7, count: 5_000))])
      for count in [0, 10, 200, 3_000, body.count - 8] {
        #expect(try await Self.send(browser, Array(body.prefix(count))).status == .badRequest)
      }
      #expect(
        try await Self.send(browser, Self.body(token: browser.token, model: "m", files: [])).status
          == .conflict)
      let empty = Self.body(token: browser.token, model: "m", files: [("", [])])
      #expect(try await Self.send(browser, empty).status == .conflict)
    }
    #expect(try left(fixture).isEmpty)
  }

  /// The end of these forms never comes: what they are refused for is known before.
  @Test func whatHasNoRoomIsRefusedBeforeItHasCome() async throws {
    let fixture = try ConsoleFixture()
    let key = try fixture.key(.submitter)
    let model = Array(try Data(contentsOf: URL(fileURLWithPath: Self.model)))
    try await fixture.visit { [fixture] browser in
      try await browser.signIn(key)
      _ = try await browser.get("/upload")
      func send(_ name: String, _ bytes: [UInt8], isWhole: Bool = false) async throws -> TestResponse {
        let body = Self.body(token: browser.token, model: name, files: [("a.onnx", bytes)])
        return try await Self.send(browser, isWhole ? body : body.dropLast(9))
      }
      let large = [UInt8](repeating: 7, count: Lifecycle.pieceSize + 1_000)
      try fixture.lifecycle.setQuota(Quota(models: NamePattern("team-*"), bytes: model.count + 10))
      let refused = try await send("team-a", large)
      #expect(refused.status == .conflict)
      #expect(refused.html.contains("the quota on <code>team-*</code>") || refused.html.contains("team-*"))
      #expect(try await send("other", large).status == .badRequest)
      // What is there already takes no room, sent again.
      #expect(
        try await send("team-a", model, isWhole: true).headers[.location] == "/models/team-a/1?done=pushed")
      try fixture.lifecycle.setQuota(Quota(models: NamePattern("team-*"), versions: 1))
      #expect(
        try await send("team-a", model, isWhole: true).headers[.location] == "/models/team-a/1?done=known")
      #expect(try await send("team-a", large).status == .conflict)
      #expect(try await send("team-b", [1]).status == .conflict)
    }
    #expect(try left(fixture).isEmpty)
  }

  @Test func ourScriptSendsByPiecesWhatItWasAllowedTo() async throws {
    let fixture = try ConsoleFixture()
    let key = try fixture.key(.submitter, on: "digits")
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: Self.model)))
    @Sendable func offer(_ model: String) throws -> [UInt8] {
      Array(
        try JSONEncoder().encode(
          PushOffer(model: model, files: [.init(name: ".", digest: .of(bytes), size: bytes.count)])))
    }
    try await fixture.visit { [fixture] browser in
      try await browser.signIn(key)
      _ = try await browser.get("/upload")
      let headers: HTTPFields = [.secFetchSite: "same-origin", .formToken: browser.token!]
      let other = try await browser.send(.post, "/upload/offers", headers, offer("other"))
      #expect(other.status == .forbidden)
      // Words for the script, and no page.
      #expect(other.html == ConsoleRefusal.forbidden.advice)
      let foreign = try await browser.send(.post, "/upload/offers", [.formToken: "00"], offer("digits"))
      #expect(foreign.status == .forbidden)
      let begun = try await browser.send(.post, "/upload/offers", headers, offer("digits"))
      let answer = try #require(
        try JSONSerialization.jsonObject(with: Data(begun.html.utf8)) as? [String: Any])
      let push = try #require((answer["push"] as? [String: Any])?["id"] as? String)
      let place = "/upload/\(push)/files/0/pieces/0"
      #expect(try await browser.send(.put, place, headers, Array(bytes.dropLast())).status == .conflict)
      #expect(
        try await browser.send(.put, "/upload/\(push)/files/-1/pieces/0", headers, bytes).status == .notFound)
      #expect(try await browser.send(.put, place, headers, bytes).status == .noContent)
      // Somebody else's push is none, whoever they are.
      let stranger = browser.stranger()
      try await stranger.signIn(try fixture.key(.administrator))
      _ = try await stranger.get("/upload")
      let theirs: HTTPFields = [.secFetchSite: "same-origin", .formToken: stranger.token!]
      #expect(try await stranger.send(.put, place, theirs, bytes).status == .conflict)
      #expect(try await stranger.send(.post, "/upload/\(push)/complete", theirs, []).status == .conflict)
      let done = try await browser.send(.post, "/upload/\(push)/complete", headers, [])
      #expect(done.html.contains("/models/digits/1?done=pushed"))
    }
  }

  // MARK: The reader

  private static func events(_ body: [UInt8], pieces: Int) throws -> [MultipartReader.Event] {
    var reader = MultipartReader(boundary: "xYz")
    var events: [MultipartReader.Event] = []
    for start in stride(from: 0, to: body.count, by: pieces) {
      events += try reader.read(Array(body[start..<min(body.count, start + pieces)]))
    }
    #expect(reader.isComplete)
    // How much of a part comes at once means nothing.
    return events.reduce(into: []) { merged, event in
      if case .bytes(let next) = event, case .bytes(let before)? = merged.last {
        merged[merged.count - 1] = .bytes(before + next)
      } else {
        merged.append(event)
      }
    }
  }

  @Test func howItComesMeansNothing() throws {
    let nearly = Array("\r\n--xY\r\n--xYZ\r\r\n--xY".utf8)
    let body = Self.body(token: "t", model: "m", files: [("a \"q\".bin", nearly), ("b", [])])
    let whole = try Self.events(body, pieces: body.count)
    #expect(whole.contains(.bytes(nearly)))
    #expect(whole.first == .begin(name: "token", file: nil))
    for pieces in 1...60 { #expect(try Self.events(body, pieces: pieces) == whole) }
  }

  @Test(arguments: [
    "", "xYz", "--xYz", "--xY\r\n", "preamble\r\n--xYz\r\n", "--xYzz\r\n", "--xYz\r\n\r\n\r\n--xYz--",
    "--xYz\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nb\r\n--xYz--",
    "--xYz\r\nContent-Disposition: form-data\r\n\r\nb\r\n--xYz--",
    "--xYz\r\nno colon\r\n\r\nb\r\n--xYz--", "--xYz--\r\nmore",
    "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--xYz garbage",
  ])
  func whatIsNoFormIsNoForm(text: String) {
    var reader = MultipartReader(boundary: "xYz")
    let isRefused = (try? reader.read(Array(text.utf8))) == nil
    #expect(isRefused || !reader.isComplete)
  }

  @Test func aHeadHasAnEnd() {
    var reader = MultipartReader(boundary: "xYz")
    #expect(throws: ConsoleRefusal.malformed) {
      _ = try reader.read(Array("--xYz\r\n".utf8))
      for _ in 0..<20 { _ = try reader.read([UInt8](repeating: 65, count: 1_000)) }
    }
  }

  @Test(arguments: [
    "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=a",
    "multipart/form-data; boundary=\(String(repeating: "a", count: 71))",
  ])
  func onlyAFormWithABoundaryHasOne(type: String) {
    #expect(MultipartReader.boundary(of: type) == nil)
    #expect(MultipartReader.boundary(of: "multipart/form-data; boundary=\"abc\"") == "abc")
    #expect(MultipartReader.boundary(of: "Multipart/Form-Data; charset=x; Boundary=abc") == "abc")
  }
}
