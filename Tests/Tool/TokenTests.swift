// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// `martlet token`.
@Suite struct TokenTests {
  let place = try! Workplace()

  @Test func aKeyIsShownOnceAndKeptAsAHash() async throws {
    let made = try await place.martlet(
      "token", "create", "line 4", "--role", "predictor", "--models", "digits")
    #expect(made.status == 0)
    #expect(made.errors == "")
    #expect(made.lines.count == 1)
    let key = made.lines[0]
    #expect(key.hasPrefix("mk_live_"))
    let parts = key.split(separator: "_").map(String.init)
    let (id, secret) = (parts[2], parts[3])

    for arguments in [["token", "list"], ["token", "list", "--format", "json"], ["log", "show"]] {
      let shown = try await place.martlet(arguments)
      #expect(shown.status == 0)
      #expect(shown.output.contains(id))
      #expect(!shown.output.contains(secret.prefix(16)))
    }
    for (name, content) in try place.files(in: place.home) {
      #expect(content.firstRange(of: Data(secret.prefix(16).utf8)) == nil, "\(name)")
    }
  }

  @Test func listSaysWhatStandsAndRevokeEndsIt() async throws {
    let made = try await place.martlet(
      "token", "create", "anna", "--person", "--role", "administrator", "--expires", "30", "--format", "json")
    let id = try #require(try made.json()["id"] as? String)
    #expect(try await place.martlet("token", "list").output.hasPrefix("\(id)  live     anna until "))
    let revoked = try await place.martlet("token", "revoke", id)
    #expect(revoked.status == 0)
    #expect(revoked.output == "\(id) is revoked\n")
    #expect(try await place.martlet("token", "list").output.hasPrefix("\(id)  revoked  anna until "))
    let records = try await place.records()
    #expect(records.map { $0["action"] as? String } == ["token.create", "token.revoke"])
    for record in records { #expect((record["reason"] as? String)?.contains(id) == true) }
    try await place.expectIntactLog()
  }

  @Test func aNameBelongsToOneKindOfPrincipal() async throws {
    try await place.martlet("token", "create", "anna", "--person", "--role", "viewer")
    let before = try place.knowledge()["principal"]
    let ended = try await place.martlet("token", "create", "anna", "--role", "viewer")
    #expect(ended.status == 2)
    #expect(ended.complaints == ["martlet: the name anna belongs to somebody else"])
    #expect(try place.knowledge()["principal"] == before)
  }
}
