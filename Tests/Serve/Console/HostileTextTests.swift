// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import HummingbirdTesting
import MartletAccess
import MartletEvidence
import MartletLog
import MartletRegistry
import Synchronization
import Testing

@testable import MartletConsole
@testable import MartletLifecycle

@Suite struct HostileTextTests {
  /// Each would begin an element or leave an attribute. Before U+0600 and after U+0301 a mark is another grapheme cluster.
  static let texts = [
    "<script>alert(1)</script>", "\"><script>alert(1)</script>", "\u{600}<script>alert(1)\u{600}</script>",
    "\"\u{301} autofocus onfocus=alert(1) x=\"\u{301}", "'\u{FE0F}><img src=x onerror=alert(1)>",
    "&lt;script&gt;", "{{#models}}{{{reason}}}{{/models}}",
  ]

  @Test(arguments: texts)
  func textOfAHostileFileStaysText(text: String) async throws {
    let fixture = try ConsoleFixture()
    var finding = Finding(rule: text, severity: .critical, message: text, construct: text, offset: 7)
    finding.member = text
    try fixture.version("digits", findings: [finding])
    let digest = try fixture.refusal("pickled", finding)
    try fixture.lifecycle.store.record([
      Record("x" + text, outcome: text, by: text, model: text, reason: text, at: Date())
    ])
    let key = try fixture.lifecycle.makeKey(for: text, kind: .person, role: .administrator)
    let id = try fixture.lifecycle.account(named: text).principal.id
    try fixture.lifecycle.grant(.viewer, on: text, to: text, effect: .allow)
    fixture.traffic.withLock {
      $0 = TrafficReport(models: [
        .init(
          name: text, answered: 1, refused: 1, failed: 1, seconds: [1, 2], refusedLately: 1, median: 1,
          slow: 1)
      ])
    }
    let asked = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
    try await fixture.visit { browser in
      try await browser.signIn(key)
      let last = try fixture.lifecycle.logPage(count: 1).checkpoint.size - 2
      let paths = [
        "/", "/log", "/log?principal=\(asked)&model=\(asked)&outcome=\(asked)&action=\(asked)",
        "/models/digits/1", "/models/pickled/refused/\(digest.hex)", "/people", "/people/\(id)",
        "/people?name=\(asked)&action=view&model=\(asked)&submitter=\(asked)", "/upload?model=\(asked)",
        "/traffic",
        "/traffic/now", "/policy?environment=\(asked)", "/log/\(last)",
      ]
      for path in paths {
        let page = try await browser.get(path)
        #expect(page.status == .ok)
        // Byte by byte: to strings, a `<` beside certain characters is not a `<`.
        let own = page.html.replacing(#/<script src="\/console\.js\?v=[0-9a-f]+" defer><\/script>/#, with: "")
        let html = Array(own.utf8)
        for forbidden in ["<script", "<img", "\" autofocus onfocus", "\"\u{301}", "'\u{FE0F}"] {
          #expect(!html.contains(Array(forbidden.utf8)), "\(path): \(forbidden)")
        }
        #expect(html.contains(Array(HTMLText().escapeText(text).utf8)))
      }
    }
  }

  @Test(arguments: texts)
  func textOfAFormStaysText(text: String) async throws {
    let fixture = try ConsoleFixture()
    try fixture.version("digits")
    let key = try fixture.key(.administrator)
    try await fixture.visit { browser in
      try await browser.signIn(key)
      _ = try await browser.get("/policy")
      let fields = ["version": text, "policy": "text", "text": text, "environment": text]
      var answers = [
        try await browser.post("/policy/trial", fields),
        try await browser.post("/policy/trial", fields.merging(["version": "digits:1"]) { $1 }),
        try await browser.post("/people", ["name": text, "kind": "person"]),
        try await browser.post("/people", ["name": text, "kind": "person"]),
        try await browser.post("/models/digits/1/quarantine", ["reason": text]),
        try await browser.get("/models/digits/1"), try await browser.get("/"),
      ]
      let stranger = browser.stranger()
      _ = try await stranger.get("/signin")
      answers.append(try await stranger.post("/signin", ["name": text, "password": "vermilion otter"]))
      for answer in answers {
        let html = Array(answer.html.utf8)
        for forbidden in ["<script", "<img", "\" autofocus onfocus", "\"\u{301}", "'\u{FE0F}"] {
          #expect(!html.contains(Array(forbidden.utf8)), "\(forbidden)")
        }
      }
      #expect(Array(answers[5].html.utf8).contains(Array(HTMLText().escapeText(text).utf8)))
    }
  }

  @Test func everyMarkIsEscapedWhateverStandsBesideIt() {
    let escape = HTMLText().escapeText
    #expect(escape("<>&\"'") == "&lt;&gt;&amp;&quot;&#39;")
    for (mark, entity) in ["<": "&lt;", ">": "&gt;", "&": "&amp;", "\"": "&quot;", "'": "&#39;"] {
      for neighbour in ["\u{600}", "\u{301}", "\u{FE0F}", "\u{1F3FD}", "\u{110BD}", "\u{20E3}"] {
        let beside = escape(neighbour)
        #expect(Array(escape(neighbour + mark + neighbour).utf8) == Array((beside + entity + beside).utf8))
      }
    }
  }

  @Test func whatReordersOrHidesTextIsShown() {
    let escape = HTMLText().escapeText
    #expect(escape("a\u{202E}b\u{0}c\u{200B}\u{1B}") == "a\\u{202E}b\\u{0}c\\u{200B}\\u{1B}")
    #expect(escape("zwei\nZeilen\t– Größe 模型 🐦") == "zwei\nZeilen\t– Größe 模型 🐦")
  }

  @Test func everyAnswerOfTheConsoleForbidsScriptsAndStrangers() async throws {
    let fixture = try ConsoleFixture()
    try fixture.version("digits")
    let key = try fixture.key(.administrator)
    try await fixture.visit { browser in
      func check(_ response: TestResponse, isKept: Bool = false, isLive: Bool = false) {
        let live = isLive ? "; script-src 'self'; connect-src 'self'" : ""
        #expect(
          response.headers[.contentSecurityPolicy]
            == "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
            + "frame-ancestors 'none'; base-uri 'none'" + live)
        #expect(response.headers[.referrerPolicy] == "no-referrer")
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
        #expect(
          response.headers[.cacheControl] == (isKept ? "public, max-age=31536000, immutable" : "no-store"))
        for forbidden in ["<script", "style=", "javascript:", "http://", "onload"] {
          let own = response.html.replacing("xmlns='http://www.w3.org/2000/svg'", with: "")
            .replacing(
              #/<script src="\/console\.js\?v=[0-9a-f]+" defer><\/script>/#, with: isLive ? "" : "<script")
          #expect(!own.contains(forbidden))
        }
      }
      check(try await browser.get("/"))
      check(try await browser.get("/signin"))
      check(try await browser.post("/signin", ["key": "wrong"]))
      check(try await browser.post("/signout", token: .some(nil)))
      try await browser.signIn(key)
      for path in [
        "/", "/log", "/models", "/models/digits", "/models/digits/1", "/models/digits/2", "/models/digits/x",
        "/models/digits/1/revoke", "/nowhere", "/%ff", "/log/0", "/log/0/proof", "/policy", "/people",
        "/signin/key", "/signin/provider",
      ] {
        check(try await browser.get(path))
      }
      for path in ["/upload", "/traffic"] { check(try await browser.get(path), isLive: true) }
      let page = try await browser.get("/").html
      let sheet = try #require(page.firstMatch(of: #/href="(\/console\.css\?v=[0-9a-f]+)"/#))
      check(try await browser.get(String(sheet.1)), isKept: true)
    }
  }

  @Test func errorsArePagesForPeopleAndNotForPrograms() async throws {
    let fixture = try ConsoleFixture()
    try await fixture.visit { browser in
      let page = try await browser.get("/nowhere")
      #expect(page.status == .notFound && page.html.contains("There is nothing here"))
      #expect(page.headers[.contentType] == "text/html; charset=utf-8")
      for path in ["/v2/nowhere", "/v2", "/api/v1/nowhere"] {
        let answer = try await browser.get(path)
        #expect(answer.status == .notFound && !answer.html.contains("<html"))
        #expect(answer.headers[.contentSecurityPolicy] == nil)
      }
      #expect(try await browser.get("/v2/health/live").status == .ok)
    }
  }

  @Test(arguments: [
    "token=a&token=b", "key", "key=%zz", "key=%ff", String(repeating: "a", count: 5_000) + "=b",
  ])
  func aMalformedFormIsRefused(form: String) async throws {
    #expect(throws: ConsoleRefusal.malformed) {
      try Form(String(form.prefix(Form.longest)))
    }
  }
}
