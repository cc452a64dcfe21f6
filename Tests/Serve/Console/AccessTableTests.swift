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

/// Every route of the console for every role: who may not sees nothing and changes nothing.
@Suite struct AccessTableTests {
  enum Need: Sendable {
    /// Anybody, signed in or not.
    case nothing
    case session
    case onDigits(Action)
    /// One of these, on the whole store.
    case onEverything([Action])
    case anywhere(Action)
    /// Of one who left for a provider, of which there is none here.
    case provider

    func isMet(by somebody: Authenticated) -> Bool {
      switch self {
      case .nothing, .session: true
      case .onDigits(let action): somebody.may(action, .model("digits")).allowed
      case .onEverything(let actions): actions.contains { somebody.may($0, .everything).allowed }
      case .anywhere(let action): somebody.mayAnywhere(action)
      case .provider: false
      }
    }
  }

  struct Route: Sendable {
    let method: HTTPRequest.Method
    let pattern: String
    let path: String
    let need: Need
    let fields: [String: String]
  }

  private static func get(_ pattern: String, _ path: String? = nil, _ need: Need) -> Route {
    Route(method: .get, pattern: pattern, path: path ?? pattern, need: need, fields: [:])
  }

  private static func post(
    _ pattern: String, _ path: String? = nil, _ need: Need, _ fields: [String: String] = [:]
  ) -> Route {
    Route(method: .post, pattern: pattern, path: path ?? pattern, need: need, fields: fields)
  }

  /// `ID` and `PIECE` stand for what the store has.
  static let routes: [Route] = [
    get("/console.css", nil, .nothing), get("/console.js", nil, .nothing), get("/signin", nil, .nothing),
    get("/signin/key", nil, .nothing), get("/signin/provider", nil, .provider),
    get("/signin/return", "/signin/return?state=a&code=b", .provider),
    get("/signin/arrive", "/signin/arrive?state=a&code=b", .provider),
    get("/", nil, .session), get("/models", nil, .session),
    get("/models/{model}", "/models/digits", .onDigits(.view)),
    get("/models/{model}/{number}", "/models/digits/1", .onDigits(.view)),
    get("/models/{model}/{number}/evidence/{id}", "/models/digits/1/evidence/PIECE", .onDigits(.audit)),
    get("/models/{model}/refused/{digest}", "/models/digits/refused/REFUSED", .onDigits(.view)),
    get("/models/{model}/{number}/quarantine", "/models/digits/1/quarantine", .onDigits(.operate)),
    get("/models/{model}/{number}/retire", "/models/digits/1/retire", .onDigits(.operate)),
    get("/models/{model}/{number}/revoke", "/models/digits/1/revoke", .onDigits(.operate)),
    get("/upload", nil, .anywhere(.submit)), get("/traffic", nil, .onEverything([.operate, .audit])),
    get("/traffic/now", nil, .onEverything([.operate, .audit])), get("/guard", nil, .anywhere(.operate)),
    get("/log", nil, .onEverything([.audit])),
    get("/log/{index}", "/log/0", .onEverything([.audit])),
    get("/log/{index}/proof", "/log/0/proof", .onEverything([.audit])),
    get("/policy", nil, .onEverything([.audit])), get("/people", nil, .onEverything([.administer])),
    get("/people/{id}", "/people/ID", .onEverything([.administer])),
    post("/models/{model}/{number}/approve", "/models/digits/1/approve", .onDigits(.approve)),
    post("/models/{model}/{number}/release", "/models/digits/1/release", .onDigits(.operate)),
    post(
      "/guard/clear", nil, .onDigits(.operate),
      ["model": "digits", "kind": "tenant", "name": "somebody", "reason": "a test"]),
    post("/policy/trial", nil, .onEverything([.audit]), ["version": "digits:1", "policy": "minimal"]),
    post("/people", nil, .onEverything([.administer]), ["name": "new", "kind": "person"]),
    post("/people/{id}/grants", "/people/ID/grants", .onEverything([.administer]), grant),
    post("/people/{id}/grants/remove", "/people/ID/grants/remove", .onEverything([.administer]), grant),
    post("/people/{id}/keys", "/people/ID/keys", .onEverything([.administer]), grant),
    post("/people/{id}/keys/revoke", "/people/ID/keys/revoke", .onEverything([.administer]), ["key": "KEY"]),
    post(
      "/people/{id}/password", "/people/ID/password", .onEverything([.administer]),
      ["password": "amber walrus ladder"]),
    post("/people/{id}/disable", "/people/ID/disable", .onEverything([.administer])),
    post("/people/{id}/enable", "/people/ID/enable", .onEverything([.administer])),
    post(
      "/models/{model}/{number}/quarantine", "/models/digits/1/quarantine", .onDigits(.operate),
      ["reason": "a test"]),
    post(
      "/models/{model}/{number}/retire", "/models/digits/1/retire", .onDigits(.operate), ["reason": "a test"]),
    post(
      "/models/{model}/{number}/revoke", "/models/digits/1/revoke", .onDigits(.operate), ["reason": "a test"]),
  ]

  /// What has a body of its own, and tests of its own in ``UploadTests``; and the forms that sign in and out.
  static let elsewhere: Set<String> = [
    "POST /upload", "POST /upload/offers", "PUT /upload/{push}/files/{file}/pieces/{piece}",
    "POST /upload/{push}/complete", "POST /signin", "POST /signin/key", "POST /signout", "GET /first",
    "POST /first",
  ]

  private static let grant = ["role": "viewer", "models": "digits", "effect": "allow"]

  @Test func theTableHasEveryRoute() throws {
    let router = Router()
    try ConsoleFixture().console.mount(on: router)
    let there = Set(router.routes.map { "\($0.method.rawValue) \($0.path)" })
    let known = Set(Self.routes.map { "\($0.method.rawValue) \($0.pattern)" }).union(Self.elsewhere)
    #expect(there == known, "\(there.symmetricDifference(known))")
  }

  @Test(arguments: Role.allCases, ["*", "other"])
  func whoMayNotSeesAndChangesNothing(role: Role, models: String) async throws {
    let fixture = try ConsoleFixture()
    try fixture.version("digits")
    let finding = Finding(rule: "MRT-PKL-001", severity: .critical, message: "bad")
    let refused = try fixture.refusal("digits", finding)
    let somebody = try fixture.lifecycle.makeKey(
      for: "somebody", kind: .person, role: .viewer, models: "digits")
    let id = try fixture.lifecycle.account(named: "somebody").principal.id
    let evidence = try fixture.lifecycle.store.registry.evidence(
      about: fixture.lifecycle.store.registry.versions(of: "digits")[0].digest)[0].id.hex
    let key = try fixture.key(role, on: models)
    let asker = try #require(try fixture.lifecycle.authenticate(key.reveal(), at: Date()))

    @Sendable func concrete(_ text: String) -> String {
      text.replacing("ID", with: id).replacing("PIECE", with: evidence).replacing("KEY", with: somebody.id)
        .replacing("REFUSED", with: refused.hex)
    }
    try await fixture.visit { [fixture] browser in
      try await browser.signIn(key)
      let before = try fixture.state()
      for route in Self.routes where !route.need.isMet(by: asker) {
        let answer = try await Self.ask(route, concrete, browser)
        #expect([403, 404].contains(answer.status.code), "\(route.method) \(route.path): \(answer.status)")
        for secret in ["MRT-PKL-001", "age1recipient", "somebody", "dsse"] {
          #expect(!answer.html.contains(secret), "\(route.path) shows \(secret)")
        }
      }
      #expect(try fixture.state() == before)
      for route in Self.routes where route.need.isMet(by: asker) {
        let answer = try await Self.ask(route, concrete, browser)
        let isSignIn = route.path.hasPrefix("/signin")
        let expected: Set<Int> = route.method == .get ? (isSignIn ? [303] : [200]) : [200, 303, 409]
        #expect(expected.contains(answer.status.code), "\(route.method) \(route.path): \(answer.status)")
      }
    }
  }

  private static func ask(
    _ route: Route, _ concrete: @Sendable (String) -> String, _ browser: Browser
  ) async throws -> TestResponse {
    route.method == .get
      ? try await browser.get(concrete(route.path))
      : try await browser.post(concrete(route.path), route.fields.mapValues(concrete))
  }

  @Test func aFormOfAnotherSiteChangesNothing() async throws {
    let fixture = try ConsoleFixture()
    try fixture.version("digits")
    let key = try fixture.key(.administrator)
    try await fixture.visit { [fixture] browser in
      try await browser.signIn(key)
      let token = browser.token
      let stranger = browser.stranger()
      _ = try await stranger.get("/signin")
      let before = try fixture.state()
      let foreign: [(String??, HTTPFields)] = [
        (.some(token), [.secFetchSite: "cross-site", .origin: "null"]),
        (.some(token), [.origin: "https://evil.example"]), (.some(nil), [.secFetchSite: "same-origin"]),
        (.some("00"), [.secFetchSite: "same-origin"]),
        (.some(stranger.token), [.secFetchSite: "same-origin"]),
      ]
      for route in Self.routes where route.method == .post {
        for (token, headers) in foreign {
          let answer = try await browser.post(route.path, route.fields, token: token, headers: headers)
          #expect(answer.status == .forbidden, "\(route.path)")
        }
      }
      #expect(try fixture.state() == before)
    }
  }
}

extension ConsoleFixture {
  /// All that the console could change.
  fileprivate func state() throws -> String {
    let registry = lifecycle.store.registry
    let versions = try registry.versions(of: nil).map { "\($0.model) \($0.number) \($0.state)" }
    let approvals = try registry.approvals(of: "digits").map { "\($0.principal) \($0.digest)" }
    let people = try registry.accounts().map { "\($0)" }
    let keys = try registry.keys().map { "\($0.key.id) \(String(describing: $0.key.revokedAt))" }
    let evidence = try registry.versions(of: nil).flatMap {
      try registry.evidence(about: $0.digest).map(\.id.hex)
    }
    return (versions + approvals + people + keys + evidence).joined(separator: "\n")
  }
}
