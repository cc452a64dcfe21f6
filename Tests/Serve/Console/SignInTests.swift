// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import HummingbirdTesting
import MartletAccess
import MartletRegistry
import Testing

@testable import MartletConsole
@testable import MartletLifecycle

@Suite struct SignInTests {
  let fixture: ConsoleFixture

  init() throws { fixture = try ConsoleFixture() }

  @Test(arguments: ["/", "/log", "/models/digits/1", "/models/digits/refused/00", "/?next=//evil.example"])
  func whoIsNotSignedInIsSentToTheForm(path: String) async throws {
    try fixture.version("digits")
    try await fixture.visit { browser in
      let answer = try await browser.get(path)
      #expect(answer.status == .seeOther)
      #expect(answer.headers[.location] == "/signin")
      #expect(answer.body.readableBytes == 0)
    }
  }

  @Test func aKeyOpensASessionWhoseCookieIsBoundToThisHostAndHiddenFromScripts() async throws {
    let key = try fixture.key(.viewer)
    try await fixture.visit { browser in
      _ = try await browser.get("/signin")
      let before = browser.cookie
      let answer = try await browser.post("/signin/key", ["key": key.reveal()])
      #expect(answer.status == .seeOther)
      #expect(answer.headers[.location] == "/")
      let attributes = answer.headers[.setCookie]!.split(separator: "; ").map(String.init)
      #expect(attributes[0].wholeMatch(of: #/__Host-martlet=[0-9a-f]{64}/#) != nil)
      #expect(Set(attributes.dropFirst()) == ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"])
      // The value that was there before is worth nothing, whoever planted it.
      #expect(browser.cookie != before)
      #expect(try await browser.get("/").status == .ok)
      #expect(try await browser.get("/signin").headers[.location] == "/")
    }
    let entry = try await fixture.records().last!
    #expect(entry.action == "access.signin" && entry.outcome == "allowed")
    #expect(entry.reason == "key \(key.id)")
  }

  @Test func everyKeyThatDoesNotWorkGetsTheSameAnswerAndIsRecorded() async throws {
    let revoked = try fixture.key(.administrator)
    try fixture.lifecycle.revokeKey(revoked.id)
    let expired = try fixture.lifecycle.makeKey(
      for: "late", kind: .person, role: .viewer, expires: fixture.now - 1)
    let stranger = APIKey.generate()
    let keys = ["", "hello", stranger.reveal(), revoked.reveal(), expired.reveal(), "mk_live_<script>"]
    try await fixture.visit { browser in
      var pages: Set<String> = []
      for key in keys {
        _ = try await browser.get("/signin")
        let answer = try await browser.post("/signin/key", ["key": key])
        #expect(answer.status == .forbidden)
        pages.insert(answer.html)
        #expect(try await browser.get("/").status == .seeOther)
      }
      #expect(pages.count == 1)
    }
    let refused = try await fixture.records().filter { $0.action == "access.signin" }
    #expect(refused.count == keys.count)
    #expect(refused.allSatisfy { $0.outcome == "refused" && $0.principal == "unknown" })
  }

  @Test func aFormOfSomebodyElseIsRefused() async throws {
    let key = try fixture.key(.viewer)
    try await fixture.visit { browser in
      let shown = ["key": key.reveal()]
      // Without any visit there is no cookie to be bound to.
      #expect(try await browser.post("/signin/key", shown, token: .some("00")).status == .forbidden)
      _ = try await browser.get("/signin")
      #expect(try await browser.post("/signin/key", shown, token: .some(nil)).status == .forbidden)
      let other = browser.stranger()
      _ = try await other.get("/signin")
      #expect(try await browser.post("/signin/key", shown, token: other.token).status == .forbidden)
      let foreign: [HTTPFields] = [
        [.secFetchSite: "cross-site", .origin: "null"], [.secFetchSite: "same-site"], [.origin: "null"],
        [.origin: "https://evil.example"], [.origin: "https://evil.example", .secFetchSite: "same-origin"],
      ]
      for headers in foreign {
        #expect(try await browser.post("/signin/key", shown, headers: headers).status == .forbidden)
      }
      #expect(try await browser.post("/signin/key", shown, headers: [:]).status == .seeOther)
    }
  }

  @Test func signingOutNeedsTheTokenAndEndsTheSession() async throws {
    let key = try fixture.key(.viewer)
    try await fixture.visit { browser in
      try await browser.signIn(key)
      let cookie = browser.cookie!
      #expect(try await browser.post("/signout", token: .some("00")).status == .forbidden)
      #expect(try await browser.post("/signout", token: .some(nil)).status == .forbidden)
      #expect(try await browser.get("/").status == .ok)
      let answer = try await browser.post("/signout")
      #expect(answer.headers[.location] == "/signin")
      #expect(browser.cookie == nil && !cookie.isEmpty)
      #expect(try await browser.get("/").status == .seeOther)
    }
    #expect(try await fixture.records().last?.action == "access.signout")
  }

  @Test func aSessionEndsWhenItsKeyIsRevoked() async throws {
    let key = try fixture.key(.viewer)
    try await fixture.visit { [fixture] browser in
      try await browser.signIn(key)
      #expect(try await browser.get("/").status == .ok)
      try fixture.lifecycle.revokeKey(key.id)
      #expect(try await browser.get("/").status == .seeOther)
    }
  }

  @Test func aSessionEndsWhenItIsNotUsedAndAfterADayAtTheDesk() async throws {
    let key = try fixture.key(.viewer)
    try await fixture.visit { [fixture] browser in
      try await browser.signIn(key)
      fixture.pass(Session.idleLifetime - 1)
      #expect(try await browser.get("/").status == .ok)
      // The store keeps times to the millisecond.
      fixture.pass(Session.idleLifetime + 1)
      #expect(try await browser.get("/").status == .seeOther)

      try await browser.signIn(key)
      let step = Session.idleLifetime / 2
      for _ in 1..<Int(Session.lifetime / step) {
        fixture.pass(step)
        #expect(try await browser.get("/").status == .ok)
      }
      fixture.pass(step + 1)
      #expect(try await browser.get("/").status == .seeOther)
    }
  }

  @Test func aPasswordOpensASessionAndAWrongOneDoesNotSayWhatWasWrong() async throws {
    try fixture.lifecycle.grant(
      .viewer, on: "*", to: try fixture.person("anna", "vermilion otter"), effect: .allow)
    try fixture.lifecycle.grant(.viewer, on: "*", to: try fixture.person("berta", nil), effect: .allow)
    _ = try fixture.person("clara", "amber walrus ladder")
    try await fixture.visit { browser in
      var pages: Set<String> = []
      for (name, password) in [
        ("anna", "vermilion otte"), ("berta", ""), ("berta", "vermilion otter"),
        ("nobody", "vermilion otter"),
        ("clara", "amber walrus ladder"),
      ] {
        _ = try await browser.get("/signin")
        let answer = try await browser.post("/signin", ["name": name, "password": password, "code": ""])
        #expect(answer.status == .forbidden)
        pages.insert(answer.html.replacing("value=\"\(name)\"", with: ""))
        #expect(try await browser.get("/").status == .seeOther)
      }
      #expect(pages.count == 1)
      _ = try await browser.get("/signin")
      let before = browser.cookie
      let answer = try await browser.post(
        "/signin", ["name": " anna ", "password": "vermilion otter", "code": ""])
      #expect(answer.status == .seeOther && browser.cookie != before)
      #expect(try await browser.get("/").html.contains("anna"))
    }
  }

  @Test func aCodeIsAskedForWhereThePersonHasAnApp() async throws {
    try fixture.lifecycle.grant(
      .viewer, on: "*", to: try fixture.person("anna", "vermilion otter"), effect: .allow)
    let totp = TOTP()
    let code = totp.code(at: Date())
    try fixture.lifecycle.setTOTP(totp, of: "anna", provedBy: code)
    // Later than any machine takes to come here.
    fixture.pass(86_400)
    let next = totp.code(at: fixture.now)
    try await fixture.visit { browser in
      _ = try await browser.get("/signin")
      let fields = ["name": "anna", "password": "vermilion otter"]
      let asked = try await browser.post("/signin", fields)
      #expect(asked.status == .forbidden && asked.html.contains("a code goes with it"))
      #expect(asked.html.contains(#"value="anna""#) && !asked.html.contains("vermilion"))
      #expect(
        try await browser.post("/signin", fields.merging(["code": code]) { $1 }).status == .forbidden)
      #expect(
        try await browser.post(
          "/signin", fields.merging(["code": " \(next.prefix(3)) \(next.suffix(3))"]) { $1 }
        )
        .status == .seeOther)
      #expect(try await browser.get("/").status == .ok)
    }
  }

  @Test func whoGuessesHasToWait() async throws {
    _ = try fixture.person("anna", "vermilion otter")
    try await fixture.visit { browser in
      _ = try await browser.get("/signin")
      var isHeld = false
      for attempt in 0..<100 where !isHeld {
        let answer = try await browser.post("/signin", ["name": "anna", "password": "guess \(attempt)"])
        #expect(answer.status == .forbidden)
        isHeld = answer.html.contains("too many attempts")
      }
      #expect(isHeld)
    }
  }

  @Test func whoeverReadsTheTerminalMakesTheFirstAccountOnce() async throws {
    let secret = try #require(try fixture.lifecycle.issueBootstrapSecret(at: fixture.now))
    try await fixture.visit { [fixture] browser in
      #expect(try await browser.get("/signin").html.contains(#"<a href="/first">"#))
      _ = try await browser.get("/first")
      func attempt(_ secret: String, _ password: String) async throws -> TestResponse {
        try await browser.post("/first", ["secret": secret, "name": "anna", "password": password])
      }
      for wrong in ["", "mb-", BootstrapSecret().reveal(), "<script>"] {
        let answer = try await attempt(wrong, "vermilion otter")
        #expect(answer.status == .forbidden && answer.html.contains("That is not the secret"))
      }
      let weak = try await attempt(secret.reveal(), "short")
      #expect(weak.status == .forbidden && weak.html.contains("Expected a password of 12 characters"))
      #expect(try fixture.lifecycle.accounts().isEmpty)
      let made = try await attempt(secret.reveal().uppercased(), "vermilion otter")
      #expect(made.headers[.location] == "/")
      #expect(try await browser.get("/people").status == .ok)
      let stranger = browser.stranger()
      #expect(try await stranger.get("/first").headers[.location] == "/signin")
      #expect(try await !stranger.get("/signin").html.contains("/first"))
      let late = try await stranger.post(
        "/first", ["secret": secret.reveal(), "name": "eve", "password": "vermilion otter"])
      #expect(late.headers[.location] == "/signin")
      #expect(try fixture.lifecycle.accounts().map(\.principal.name) == ["anna"])
    }
  }

  @Test func aSecretForTheFirstAccountEnds() async throws {
    let secret = try #require(try fixture.lifecycle.issueBootstrapSecret(at: fixture.now))
    try await fixture.visit { [fixture] browser in
      _ = try await browser.get("/first")
      fixture.pass(BootstrapSecret.lifetime + 1)
      let answer = try await browser.post(
        "/first", ["secret": secret.reveal(), "name": "anna", "password": "vermilion otter"])
      #expect(answer.status == .forbidden)
      #expect(try fixture.lifecycle.accounts().isEmpty)
    }
  }
}
