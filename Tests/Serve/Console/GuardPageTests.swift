// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import HummingbirdTesting
import MartletAccess
import Synchronization
import Testing

@testable import MartletConsole
@testable import MartletLifecycle

/// Clients of guards as a test puts them there. The guards of a running server are in `MartletServerTests`.
final class GuardedFew: GuardDesk {
  let known = Mutex<[GuardedClient]>([])
  let cleared = Mutex<[(client: ClearedClient, model: String, by: String)]>([])

  func clients(of model: String?) throws -> [GuardedClient] {
    known.withLock { $0.filter { model == nil || $0.model == model } }
  }

  func clear(_ client: ClearedClient, of model: String, by principal: String) throws -> GuardedClient {
    let found = known.withLock { clients in
      clients.firstIndex { $0.model == model && $0.kind == client.kind && $0.name == client.name }.map {
        clients.remove(at: $0)
      }
    }
    guard let found else { throw GuardDeskError.noSuchClient(client.name, model: model) }
    cleared.withLock { $0.append((client, model, principal)) }
    return found
  }

  func bound(of model: String) -> Double? { 0.001 }

  static func client(_ name: String, of model: String = "digits", _ state: GuardedClient.State)
    -> GuardedClient
  {
    GuardedClient(
      model: model, kind: .tenant, name: name, owner: "\(name) <i>", state: state,
      flag: state == .clear
        ? nil
        : .init(
          kind: .attack, reason: "questions crowd at one place <b>", evidence: 1e6, noticedAt: 300,
          shares: ["spread": 0.62, "margin": 0.1]),
      queries: 812, spent: 900, budget: 1_000, renewsAt: nil, seenAt: Date(timeIntervalSince1970: 1.8e9))
  }
}

@Suite struct GuardPageTests {
  let fixture: ConsoleFixture

  init() throws { fixture = try ConsoleFixture() }

  @Test func anOperatorSeesWhyAndLetsSomebodyOff() async throws {
    fixture.guards.known.withLock {
      $0 = [GuardedFew.client("thief", .hold), GuardedFew.client("harmless", .clear)]
    }
    let key = try fixture.key(.operator)
    try await fixture.visit { [fixture] browser in
      try await browser.signIn(key)
      let page = try await browser.get("/guard").html
      #expect(page.contains("2 clients watched, 1 flagged, 1 held until somebody decides."))
      #expect(page.contains("thief &lt;i&gt;") && page.contains("at one place &lt;b&gt;"))
      #expect(page.contains("62 %") && page.contains("900 of 1,000"))
      #expect(page.contains("at most 1 in 1,000 benign clients, ever"))
      #expect(!page.contains("harmless"))
      #expect(try await browser.get("/guard?all").html.contains("harmless"))
      let form = ["model": "digits", "kind": "tenant", "name": "thief", "reason": "a load test"]
      let done = try await browser.post("/guard/clear", form)
      #expect(done.headers[.location] == "/guard?done=letOff")
      let after = try await browser.get("/guard?done=letOff").html
      #expect(after.contains("get whole answers again") && after.contains("Nobody is flagged."))
      #expect(try await browser.post("/guard/clear", form).status == .conflict)
      let nonsense = try await browser.post("/guard/clear", ["model": "digits", "kind": "cat", "name": "x"])
      #expect(nonsense.status == .badRequest)
      let cleared = fixture.guards.cleared.withLock { $0 }
      #expect(cleared.count == 1 && cleared[0].client.reason == "a load test")
    }
  }

  @Test func anOperatorOfAnotherModelSeesNobodyAndLetsNobodyOff() async throws {
    fixture.guards.known.withLock { $0 = [GuardedFew.client("thief", .hold)] }
    let key = try fixture.key(.operator, on: "other")
    try await fixture.visit { [fixture] browser in
      try await browser.signIn(key)
      let page = try await browser.get("/guard").html
      #expect(!page.contains("thief") && !page.contains("digits"))
      let form = ["model": "digits", "kind": "tenant", "name": "thief", "reason": "please"]
      #expect(try await browser.post("/guard/clear", form).status == .forbidden)
      #expect(fixture.guards.known.withLock { $0.count } == 1)
    }
  }
}
