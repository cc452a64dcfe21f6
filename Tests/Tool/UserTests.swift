// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
import Testing

/// `martlet user`, `role`, `grant` and `access explain`.
@Suite struct UserTests {
  let place = try! Workplace()

  /// Runs a command with text on its standard input.
  func martlet(_ arguments: String..., typing text: String) async throws -> Program.Ended {
    let script = #"text=$1; shift; printf '%s' "$text" | "$@""#
    return try await place.run("/bin/sh", ["-c", script, "sh", text, Program.martlet] + arguments)
  }

  @Test func somebodyNewMayDoNothingUntilTheyAreGrantedSomething() async throws {
    let added = try await place.martlet("user", "add", "anna")
    #expect(added.status == 0)
    #expect(added.output.hasPrefix("anna is added, and may do nothing yet"))
    let denied = try await place.martlet("access", "explain", "anna", "view", "digits")
    #expect(denied.status == 1)
    #expect(denied.lines == ["denied: no grant to view model digits"])

    try await place.martlet("grant", "add", "anna", "approver", "--models", "dig*")
    try await place.martlet("grant", "add", "anna", "auditor", "--models", "digits-secret", "--deny")
    let allowed = try await place.martlet("access", "explain", "anna", "approve", "digits")
    #expect(allowed.status == 0)
    #expect(
      allowed.lines == [
        "allowed: has the role approver on dig*", "  approver on dig*: allows it",
        "  not auditor on digits-secret: does not include to approve",
      ])
    let secret = try await place.martlet("access", "explain", "anna", "view", "digits-secret")
    #expect(secret.status == 1)
    #expect(secret.output.contains("denies it, and wins over what allows it"))
    let own = try await place.martlet(
      "access", "explain", "anna", "approve", "digits", "--submitter", "anna", "--format", "json")
    #expect(own.status == 1)
    #expect(try own.json()["reason"] as? String == "submitted this version, and nobody approves their own")

    try await place.martlet("grant", "remove", "anna", "approver", "--models", "dig*")
    #expect(try await place.martlet("grant", "list").lines == ["anna: not auditor on digits-secret"])
    let again = try await place.martlet("grant", "remove", "anna", "approver", "--models", "dig*")
    #expect(again.status == 2)
    #expect(
      again.complaints == [
        "martlet: there is no grant `approver on dig*`; `martlet grant list` shows them all"
      ])
  }

  @Test func aPasswordIsNeverShownNorKeptAndWeakOnesAreRefused() async throws {
    try await place.martlet("user", "add", "anna")
    let password = "vermilion otter 7 quay"
    let weak = try await martlet("user", "password", "anna", "--stdin", typing: "password-2026\n")
    #expect(weak.status == 2)
    #expect(weak.complaints[0].contains("words that everybody tries first"))
    let set = try await martlet("user", "password", "anna", "--stdin", typing: password + "\n")
    #expect(set.status == 0)
    #expect(try await place.martlet("user", "list").lines == ["person   anna: may do nothing; password"])
    for (name, content) in try place.files(in: place.home) {
      #expect(content.firstRange(of: Data(password.utf8)) == nil, "\(name)")
    }
    let wrong = try await martlet("user", "totp", "anna", typing: "abcdef\n")
    #expect(wrong.status == 2)
    #expect(wrong.complaints[0].hasPrefix("martlet: expected the six digits that the app shows now"))
    let nobody = try await place.martlet("user", "password", "anna")
    #expect(nobody.status == 2, "there is no terminal to ask at")
  }

  @Test func whoIsErasedIsAnIdInAnIntactLog() async throws {
    let name = "Annegret Mustermann"
    let added = try await place.martlet("user", "add", name, "--format", "json")
    let id = try #require(try added.json()["id"] as? String)
    try await place.martlet("grant", "add", name, "viewer")
    try await place.martlet("token", "create", name, "--person", "--role", "viewer")
    let erased = try await place.martlet("user", "erase", name)
    #expect(erased.output == "\(name) is erased; in the log they are \(id)\n")
    for (file, content) in try place.files(in: place.home) {
      #expect(content.firstRange(of: Data(name.utf8)) == nil, "\(file)")
    }
    #expect(try await place.martlet("token", "list").output == "")
    #expect(try await place.records().last?["reason"] as? String == id)
    try await place.expectIntactLog()
    let gone = try await place.martlet("user", "disable", name)
    #expect(
      gone.complaints == [
        "martlet: there is nobody called \(name) in this store; `martlet user list` shows everybody"
      ])
  }

  @Test func aKeyIsReplacedByOneThatMayNoMore() async throws {
    let made = try await place.martlet(
      "token", "create", "line-4", "--role", "predictor", "--only", "view", "--only-models", "digits",
      "--format", "json")
    let id = try #require(try made.json()["id"] as? String)
    let next = try await place.martlet("token", "rotate", id, "--format", "json")
    let newID = try #require(try next.json()["id"] as? String)
    let scopes = try place.database { try String.fetchAll($0, sql: "SELECT DISTINCT scope FROM apiKey") }
    #expect(scopes == [#"{"actions":["view"],"models":["digits"]}"#])
    let third = try await place.martlet("token", "rotate", newID)
    #expect(third.status == 2)
    #expect(third.complaints[0].contains("expected at most 2 live keys of line-4"))
    try await place.martlet("token", "revoke", id)
    #expect(try await place.martlet("token", "rotate", id).complaints[0].contains("has ended"))
    #expect(try await place.martlet("token", "rotate", newID).status == 0)
  }

  @Test func theRolesAreListedWithWhatTheyMay() async throws {
    #expect(try await place.martlet("role", "list").lines.count == 8)
    let shown = try await place.martlet("role", "show", "approver", "--format", "json")
    #expect(try shown.json()["actions"] as? [String] == ["view", "approve", "audit"])
  }
}
