// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Testing

@testable import MartletServer

/// Which heads have one reading only.
@Suite struct PlainHeadTests {
  private func read(_ text: String, most: Int = 4_096, fields: Int = 20) -> PlainHead? {
    PlainHead(Array(text.utf8).span, atMost: most, fields: fields)
  }

  private func text(_ bytes: [UInt8], _ place: Range<Int>?) -> String? { bytes.span.text(place) }

  private let question =
    "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer mk_a\r\nContent-Length: 12\r\n"

  @Test func aPlainHeadIsRead() throws {
    let text =
      question
      + "CONTENT-TYPE:\t application/json \t\r\ninference-header-Content-Length: 9\r\nConnection: Keep-Alive\r\n\r\nbody"
    let head = try #require(read(text))
    let bytes = Array(text.utf8)
    #expect(head.isPost && head.length == 12 && head.hasLength)
    #expect(self.text(bytes, head.target) == "/v2/models/digits/infer")
    #expect(self.text(bytes, head.authorization) == "Bearer mk_a")
    #expect(self.text(bytes, head.contentType) == "application/json")
    #expect(self.text(bytes, head.jsonLength) == "9")
    #expect(head.count == text.utf8.count - 4)
    let get = try #require(read("GET / HTTP/1.1\r\nHost:\r\n\r\n"))
    #expect(!get.isPost && !get.hasLength && get.length == 0)
    #expect(try #require(read("PUT /a HTTP/1.1\r\nHost: x\r\n\r\n")).isPost == false)
  }

  /// What is not whole is not read, wherever it is cut.
  @Test func noPartOfAHeadIsOne() {
    let whole = Array((question + "\r\n").utf8)
    for count in 0..<whole.count {
      #expect(read(String(decoding: whole[..<count], as: UTF8.self)) == nil, "\(count)")
    }
    #expect(read(question + "\r\n") != nil)
  }

  @Test(arguments: [
    "Transfer-Encoding: chunked\r\n", "transfer-encoding: identity\r\n", "Expect: 100-continue\r\n",
    "Upgrade: h2c\r\n", "Connection: close\r\n", "Connection: keep-alive, upgrade\r\n",
    "Content-Length: 12\r\n", "Host: y\r\n", "Authorization: Bearer mk_b\r\n", " folded: a\r\n",
    "\tfolded: a\r\n",
    "X : a\r\n", ": a\r\n", "X\r\n", "X Y: a\r\n", "X_Y: a\r\n", "X: a\u{0}b\r\n", "X: a\rb\r\n",
    "X: a\nY: b\r\n",
    "X: \u{7F}\r\n", "X: ä\r\n", "X: a\r\n\n", "X\u{0}: a\r\n",
  ])
  func whatHasTwoReadingsIsLeftToTheParser(_ line: String) {
    #expect(read(question + line + "\r\n") == nil)
    #expect(read(question + "\r\n" + line) != nil, "behind the head it is none of it")
  }

  @Test(arguments: [
    "", "0", "00", "+1", "-1", "0x1", "1 2", "1,1", "1e3", "9999999999999999999", "١",
  ])
  func aLengthIsDigits(_ length: String) {
    let head = read("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\n\r\n")
    #expect((head != nil) == (length == "0" || length == "00"))
  }

  @Test(arguments: [
    "POST / HTTP/1.0\r\n", "POST / HTTP/1.1\n", "POST /  HTTP/1.1\r\n", "POST  / HTTP/1.1\r\n",
    "POST  HTTP/1.1\r\n",
    "post / HTTP/1.1\r\n", "CONNECT x:1 HTTP/1.1\r\n", "\r\nPOST / HTTP/1.1\r\n", "POST /ä HTTP/1.1\r\n",
    "POST / HTTP/1.1 \r\n", "POST / HTTP/1.12\r\n", "PRI * HTTP/2.0\r\n",
  ])
  func onlyOneFormOfTheFirstLine(_ line: String) {
    #expect(read(line + "Host: x\r\n\r\n") == nil)
  }

  @Test func aHeadHasLimits() {
    let many = question + String(repeating: "X: a\r\n", count: 17) + "\r\n"
    #expect(read(many) != nil)
    #expect(read(many, fields: 19) == nil)
    #expect(read(many, most: many.utf8.count) != nil)
    #expect(read(many, most: many.utf8.count - 1) == nil)
    #expect(read("POST / HTTP/1.1\r\n\r\n") == nil, "without a host")
  }

  @Test func aKnownHeadIsTheSameWhateverTheCredentialSays() throws {
    func head(_ key: String, _ tail: String = "", length: Int = 12) -> [UInt8] {
      Array(
        "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(key)\r\nContent-Length: \(length)\r\n\(tail)\r\n"
          .utf8)
    }
    let bytes = head("mk_aaaa")
    func known(_ bytes: [UInt8]) -> KnownHead? {
      PlainHead(bytes.span, atMost: 4_096, fields: 20).flatMap { KnownHead($0, bytes.span) }
    }
    let first = try #require(known(bytes))
    func matches(_ bytes: [UInt8]) -> Bool { first.matches(bytes.span) }
    #expect(text(bytes, first.credential) == "mk_aaaa")
    #expect(first.address == ModelAddress(model: "digits", version: nil))
    #expect(matches(bytes) && matches(bytes + [1, 2, 3]))
    #expect(matches(head("mk_bbbb")))
    for other in [
      head("mk_aaaaa"), head("mk_aaa"), head("mk_aaaa", "X: a\r\n"), head("mk_aaaa", length: 13),
      head("a\r\nX: b"),
      head("mk aaaa"), head("mk_\u{7}aaa"), Array(bytes.dropLast()), [],
    ] { #expect(!matches(other)) }
    for text in [
      "GET /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nContent-Length: 1\r\n\r\n",
      "POST /v2/models/digits HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nContent-Length: 1\r\n\r\n",
      "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n",
      "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nAuthorization: Basic a\r\nContent-Length: 1\r\n\r\n",
      "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\n\r\n",
      "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\n",
      "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nInference-Header-Content-Length: x\r\nContent-Length: 1\r\n\r\n",
    ] {
      #expect(read(text) != nil && known(Array(text.utf8)) == nil, "\(text)")
    }
  }
}
