// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import HummingbirdTesting
import MartletAccess
import MartletEvidence
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
    try await fixture.visit { browser in
      try await browser.signIn(key)
      let paths = [
        "/", "/log", "/models/digits/1", "/models/pickled/refused/\(digest.hex)",
      ]
      for path in paths {
        let page = try await browser.get(path)
        #expect(page.status == .ok)
        // Byte by byte: to strings, a `<` beside certain characters is not a `<`.
        let html = Array(page.html.utf8)
        for forbidden in ["<script", "<img", "\" autofocus onfocus", "\"\u{301}", "'\u{FE0F}"] {
          #expect(!html.contains(Array(forbidden.utf8)), "\(path): \(forbidden)")
        }
        #expect(html.contains(Array(HTMLText().escapeText(text).utf8)))
      }
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
      func check(_ response: TestResponse, isKept: Bool = false) {
        #expect(
          response.headers[.contentSecurityPolicy]
            == "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
            + "frame-ancestors 'none'; base-uri 'none'")
        #expect(response.headers[.referrerPolicy] == "no-referrer")
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
        #expect(
          response.headers[.cacheControl] == (isKept ? "public, max-age=31536000, immutable" : "no-store"))
        for forbidden in ["<script", "style=", "javascript:", "http://", "onload"] {
          let own = response.html.replacing("xmlns='http://www.w3.org/2000/svg'", with: "")
          #expect(!own.contains(forbidden))
        }
      }
      check(try await browser.get("/"))
      check(try await browser.get("/signin"))
      check(try await browser.post("/signin", ["key": "wrong"]))
      check(try await browser.post("/signout", token: .some(nil)))
      try await browser.signIn(key)
      for path in [
        "/", "/log", "/models/digits/1", "/models/digits/2", "/models/digits/x", "/nowhere", "/%ff",
      ] {
        check(try await browser.get(path))
      }
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
