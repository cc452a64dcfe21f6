// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import HummingbirdTesting
import MartletAccess
import MartletLog
import MartletRegistry
import Testing

@testable import MartletConsole
@testable import MartletLifecycle

@Suite struct PeopleTests {
  let fixture: ConsoleFixture

  init() throws { fixture = try ConsoleFixture() }

  @Test func anAdministratorAddsSomebodyWhoThenSignsInAndDoesNoMoreThanWasGranted() async throws {
    let key = try fixture.key(.administrator)
    try await fixture.visit { [fixture] browser in
      try await browser.signIn(key)
      _ = try await browser.get("/people")
      let added = try await browser.post("/people", ["name": "anna <b>", "kind": "person"])
      let place = String(try #require(added.headers[.location]).prefix { $0 != "?" })
      #expect(try await browser.get(place).html.contains("anna &lt;b&gt;"))
      let grant = ["role": "approver", "models": "digits", "effect": "allow"]
      #expect(try await browser.post("\(place)/grants", grant).status == .seeOther)
      let password = try await browser.post("\(place)/password", ["password": "vermilion otter"])
      #expect(password.status == .seeOther)
      #expect(try await browser.post("\(place)/password", ["password": "short"]).status == .conflict)

      let anna = browser.stranger()
      _ = try await anna.get("/signin")
      _ = try await anna.post("/signin", ["name": "anna <b>", "password": "vermilion otter"])
      #expect(try await anna.get("/").status == .ok)
      #expect(try await anna.get("/people").status == .forbidden)
      #expect(try await browser.post("\(place)/disable").status == .seeOther)
      #expect(try await anna.get("/").status == .seeOther)
      #expect(try await browser.post("\(place)/enable").status == .seeOther)
      #expect(try await browser.post("\(place)/grants/remove", grant).status == .seeOther)
      #expect(try await browser.post("\(place)/grants/remove", grant).status == .conflict)
      #expect(try fixture.lifecycle.account(named: "anna <b>").grants.isEmpty)
    }
  }

  @Test func aKeyIsShownOnceAndWorksUntilItIsRevoked() async throws {
    let key = try fixture.key(.administrator)
    _ = try fixture.lifecycle.addPrincipal(named: "billing", kind: .service)
    let id = try fixture.lifecycle.account(named: "billing").principal.id
    try await fixture.visit { [fixture] browser in
      try await browser.signIn(key)
      _ = try await browser.get("/people/\(id)")
      let made = try await browser.post(
        "/people/\(id)/keys", ["role": "predictor", "models": "digits", "days": "30", "narrow": "yes"])
      let secret = String(try #require(made.html.firstMatch(of: #/<code>(mk_[A-Za-z0-9_]+)<\/code>/#)).1)
      #expect(made.headers[.cacheControl] == "no-store")
      let somebody = try #require(try fixture.lifecycle.authenticate(secret, at: fixture.now))
      #expect(
        somebody.may(.predict, .model("digits")).allowed && !somebody.may(.predict, .model("x")).allowed)
      let page = try await browser.get("/people/\(id)").html
      #expect(!page.contains(secret) && page.contains(somebody.keyID!))
      #expect(
        try await browser.post("/people/\(id)/keys/revoke", ["key": somebody.keyID!]).status == .seeOther)
      #expect(try fixture.lifecycle.authenticate(secret, at: fixture.now) == nil)
      // Not their key, and not the key that one is signed in with.
      #expect(try await browser.post("/people/\(id)/keys/revoke", ["key": key.id]).status == .notFound)
      let own = try #require(try fixture.lifecycle.authenticate(key.reveal(), at: fixture.now)).principal.id
      #expect(try await browser.post("/people/\(own)/keys/revoke", ["key": key.id]).status == .conflict)
      #expect(try await browser.post("/people/\(own)/disable").status == .conflict)
      for days in ["0", "-1", "3651", "many"] {
        let answer = try await browser.post(
          "/people/\(id)/keys", ["role": "viewer", "models": "*", "days": days])
        #expect(answer.status == .conflict)
      }
    }
  }

  @Test func whyMaySomebodyDoSomethingIsWhatTheDoorsAreTold() async throws {
    let key = try fixture.key(.administrator)
    for (name, role, models) in [("anna", Role.approver, "digits"), ("berta", .viewer, "*")] {
      _ = try fixture.person(name, nil)
      try fixture.lifecycle.grant(role, on: models, to: name, effect: .allow)
    }
    try fixture.lifecycle.grant(.approver, on: "digits", to: "berta", effect: .deny)
    try await fixture.visit { browser in
      try await browser.signIn(key)
      let yes = try await browser.get("/people?name=anna&action=approve&model=digits").html
      #expect(
        yes.contains("May anna approve model digits?") && yes.contains("Has the role approver on digits."))
      #expect(yes.contains("allows it"))
      let own = try await browser.get("/people?name=anna&action=approve&model=digits&submitter=anna").html
      #expect(own.contains("nobody approves their own"))
      let denied = try await browser.get("/people?name=berta&action=approve&model=digits").html
      #expect(denied.contains("Denied the role approver on digits."))
      let nobody = try await browser.get("/people?name=%3Cb%3E&action=view").html
      #expect(nobody.contains("There is nobody called &lt;b&gt; in this store"))
    }
  }

  @Test func aPolicyIsTriedAndNothingIsWritten() async throws {
    try fixture.version("digits")
    let key = try fixture.key(.auditor)
    try await fixture.visit { [fixture] browser in
      try await browser.signIn(key)
      let page = try await browser.get("/policy").html
      #expect(page.contains("The policy default holds"))
      let before = try fixture.lifecycle.logPage(count: 1).checkpoint.size
      let evidence = try fixture.lifecycle.dossier("digits", 1)?.evidence.count
      let regulated = try await browser.post("/policy/trial", ["version": "digits:1", "policy": "regulated"])
      #expect(regulated.status == .ok && regulated.html.contains("0 of 2 approvals by approver"))
      let text = "name: mine\nrelease:\n  - require: scan.verdict == unsafe\n"
      let mine = try await browser.post(
        "/policy/trial", ["version": "digits:1", "policy": "text", "text": text])
      #expect(mine.html.contains("scan.verdict is safe, and scan.verdict == unsafe is required"))
      #expect(mine.html.contains("mine about"))
      for (version, policy, text) in [
        ("digits:1", "text", "nonsense: <b>"), ("digits:9", "", ""), ("", "", ""), ("digits:1", "text", ""),
      ] {
        let answer = try await browser.post(
          "/policy/trial", ["version": version, "policy": policy, "text": text])
        #expect(answer.status == .badRequest && answer.html.contains(#"role="alert""#), "\(version) \(text)")
      }
      #expect(
        try await browser.post("/policy/trial", ["version": "digits:1", "policy": "x"]).status == .notFound)
      #expect(try fixture.lifecycle.logPage(count: 1).checkpoint.size == before)
      #expect(try fixture.lifecycle.dossier("digits", 1)?.evidence.count == evidence)
    }
  }
}
