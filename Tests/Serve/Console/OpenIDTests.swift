// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import HummingbirdTesting
import MartletAccess
import MartletEvidence
import MartletRegistry
import Synchronization
import Testing

@testable import MartletConsole
@testable import MartletLifecycle
@testable import MartletServer

/// Signing in with somebody else's word: an issuer of our own, over HTTP, that can lie.
@Suite struct OpenIDTests {
  let fixture: ConsoleFixture

  init() throws { fixture = try ConsoleFixture() }

  private func issuer() async throws -> TestIssuer {
    let issuer = try await TestIssuer()
    let provider = OpenIDProvider(try issuer.settings(in: fixture.lifecycle.store.home.path))
    fixture.provider.withLock { $0 = provider }
    return issuer
  }

  /// The path that the page goes on to by itself.
  private static func onward(_ page: TestResponse) throws -> String {
    let match = try #require(page.html.firstMatch(of: #/http-equiv="refresh" content="0; url=([^"]+)"/#))
    return String(match.1).replacing("&amp;", with: "&")
  }

  private static func path(_ address: String) throws -> String {
    let url = try #require(URLComponents(string: address))
    return url.path + "?" + (url.percentEncodedQuery ?? "")
  }

  /// Leaves for the issuer, and comes back as far as our own page.
  private static func leave(_ browser: Browser, _ issuer: TestIssuer) async throws -> String {
    let left = try await browser.get("/signin/provider")
    #expect(left.status == .seeOther)
    let place = try #require(left.headers[.location])
    #expect(place.hasPrefix(issuer.address + "/authorize?hint=a&response_type=code&client_id=martlet"))
    let back = try await issuer.visit(place)
    return try onward(try await browser.get(try path(back)))
  }

  @Test func whoeverTheIssuerKnowsComesInWithWhatTheirClaimsGive() async throws {
    try fixture.version("digits")
    let issuer = try await issuer()
    try await fixture.visit { browser in
      let form = try await browser.get("/signin").html
      #expect(form.contains(#"<a href="/signin/provider">Sign in with the company</a>"#))
      let before = browser.cookie
      let onward = try await Self.leave(browser, issuer)
      let answer = try await browser.get(onward)
      #expect(answer.headers[.location] == "/" && browser.cookie != before)
      #expect(try await browser.get("/").html.contains("dora"))
      #expect(try await browser.get("/log").status == .ok)
      #expect(try await browser.get("/people").status == .forbidden)
      // A code and a way back are for once.
      #expect(try await browser.stranger().get(onward).status == .forbidden)
    }
    issuer.stop()
    let records = try await fixture.records()
    #expect(
      records.contains { $0.action == "access.signin" && $0.outcome == "allowed" && $0.reason == "token" })
  }

  @Test func theSessionOfSomebodyWhoIsDisabledIsOver() async throws {
    let issuer = try await issuer()
    try await fixture.visit { [fixture] browser in
      _ = try await browser.get(try await Self.leave(browser, issuer))
      #expect(try await browser.get("/").status == .ok)
      let name = try #require(try fixture.lifecycle.accounts().first { $0.principal.name.contains("dora") })
      try fixture.lifecycle.disable(name.principal.name)
      #expect(try await browser.get("/").status == .seeOther)
      let again = try await browser.get(try await Self.leave(browser, issuer))
      #expect(again.status == .forbidden && again.html.contains("That sign-in did not work"))
    }
    issuer.stop()
  }

  @Test(arguments: [
    "nonce", "audience", "issuer", "key", "groups", "code", "configuration",
  ])
  func aLieLetsNobodyIn(lie: String) async throws {
    let issuer = try await issuer()
    try await fixture.visit { browser in
      if lie == "configuration" {
        issuer.lie { $0.issuer = "https://elsewhere.example" }
        let left = try await browser.get("/signin/provider")
        #expect(left.status == .forbidden && left.html.contains("That sign-in did not work"))
        return
      }
      let onward = try await Self.leave(browser, issuer)
      issuer.lie {
        switch lie {
        case "nonce": $0.claims["nonce"] = "another"
        case "audience": $0.claims["aud"] = "another"
        case "issuer": $0.claims["iss"] = "https://elsewhere.example"
        case "key": $0.isForeignKey = true
        case "groups": $0.claims["groups"] = "visitors"
        default: $0.refusesCode = true
        }
      }
      let answer = try await browser.get(onward)
      #expect(answer.status == .forbidden && answer.html.contains("That sign-in did not work"))
      #expect(try await browser.get("/").status == .seeOther)
    }
    issuer.stop()
    let refused = try await fixture.records().filter { $0.action == "access.signin" }
    #expect(refused.map(\.outcome) == ["refused"])
  }

  @Test func onlyTheBrowserThatLeftComesBackWithTheStateThatItLeftWithInTime() async throws {
    let issuer = try await issuer()
    try await fixture.visit { [fixture] browser in
      // Somebody else's way back, planted in this browser.
      let other = browser.stranger()
      let planted = try await Self.leave(other, issuer)
      _ = try await browser.get("/signin")
      #expect(try await browser.get(planted).status == .forbidden)
      _ = try await Self.leave(browser, issuer)
      #expect(try await browser.get(planted).status == .forbidden)
      // The wrong state has ended the journey.
      let mine = try await Self.leave(browser, issuer)
      let changed = mine.replacing(#/state=.*/#, with: "state=00")
      #expect(try await browser.get(changed).status == .forbidden)
      #expect(try await browser.get(mine).status == .forbidden)
      let late = try await Self.leave(browser, issuer)
      fixture.pass(Journeys.patience)
      #expect(try await browser.get(late).status == .forbidden)
      // The provider says no.
      let left = try #require(try await browser.get("/signin/provider").headers[.location])
      let state = try #require(left.firstMatch(of: #/state=([^&]+)/#)).1
      let page = try await browser.get("/signin/return?error=access_denied&state=\(state)")
      #expect(try await browser.get(try Self.onward(page)).html.contains("That sign-in did not work"))
      #expect(try await browser.get("/").status == .seeOther)
    }
    issuer.stop()
  }

  @Test func whatTheProviderSaysStaysText() async throws {
    let issuer = try await issuer()
    try await fixture.visit { browser in
      let hostile = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
      let page = try await browser.get("/signin/return?code=\(hostile)&state=\(hostile)")
      #expect(page.status == .ok && !page.html.contains("<script"))
      #expect(
        page.html.contains("/signin/arrive?code=%22%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E&amp;state=%22"))
      #expect(try await browser.get("/signin/return?code=a").status == .badRequest)
      let long = String(repeating: "a", count: 3_000)
      #expect(try await browser.get("/signin/return?state=a&code=\(long)").status == .badRequest)
    }
    issuer.stop()
  }

  @Test func aRealBrowserGoesThereAndBack() async throws {
    let issuer = try await TestIssuer()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("issuer \(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let settings = try issuer.settings(in: folder.path)
    let served = try await ServedConsole(settings: { $0.signIn = settings }) { _ in }
    try await WebDriver.browse { browser in
      try await browser.open(served.address("/signin"))
      try await browser.follow("Sign in with the company")
      try await browser.see("Home")
      #expect(try await browser.text(".who").contains("dora"))
      #expect(try await browser.complaints() == [])
    }
    try await served.stop()
    issuer.stop()
  }
}
