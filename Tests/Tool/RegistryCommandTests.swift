// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// `martlet list`, `show`, `alias`, `tag`, `approve`, `quarantine`, `revoke`, `retire` and `pull`.
@Suite struct RegistryCommandTests {
  let place = try! Workplace()

  private func shown(_ name: String) async throws -> [[String: Any]] {
    let ended = try await place.martlet("show", name, "--format", "json")
    try #require(ended.status == 0, "\(ended.errors)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [[String: Any]])
  }

  @Test func aVersionIsListedAndShownWithAllThatIsKnown() async throws {
    try await place.release(Example.network, as: "net")
    #expect(
      try await place.martlet("alias", "set", "net:1", "champion").output == "net@champion is version 1\n")
    let data = String(repeating: "ab", count: 32)
    #expect(try await place.martlet("tag", "net", "team=vision", "--data", data).status == 0)
    let approved = try await place.martlet("approve", "net@champion")
    #expect(approved.status == 0 && approved.output.contains("lets people approve their own"))

    #expect(try await place.martlet("list").output.contains("net:1 @champion"))
    let version = try #require(try await shown("net").first)
    #expect(version["state"] as? String == "released")
    #expect(version["aliases"] as? [String] == ["champion"])
    #expect(version["tags"] as? [String: String] == ["team": "vision"])
    #expect((version["lineage"] as? [String: String])?["data"] == data)
    #expect((version["approvals"] as? [Any])?.count == 1)
    let kinds = (version["evidence"] as? [[String: Any]])?.compactMap { $0["kind"] as? String } ?? []
    #expect(Set(kinds).isSuperset(of: ["scan", "seal", "decision"]))
    let text = try await place.martlet("show", "net:1")
    #expect(text.output.contains("  tag        team=vision\n"))
    try await place.expectIntactLog()
  }

  @Test func whatIsRevokedNeverComesBackUnderWhateverName() async throws {
    try await place.release(Example.network, as: "net")
    #expect(
      try await place.martlet("quarantine", "net", "--reason", "drift").output == "net:1 is quarantined\n")
    let pulled = try await place.martlet("pull", "net", "-o", "net.onnx")
    #expect(pulled.status == 2 && pulled.errors.contains("net:1 is quarantined"))
    #expect(try await place.martlet("revoke", "net", "--reason", "poisoned").output == "net:1 is revoked\n")
    for name in ["net", "other"] {
      let before = try place.knowledge()
      let again = try await place.martlet(
        "protect", Example.network, "--name", name, "--policy", place.lenientPolicy())
      #expect(again.status == 2 && again.errors.contains("what was revoked never comes back"))
      #expect(try place.knowledge() == before)
    }
    let retired = try await place.martlet("retire", "net", "--reason", "old")
    #expect(retired.status == 2 && retired.errors.contains("net:1 stays as it is"))
  }

  @Test func whatIsRetiredComesBackWithANewDecision() async throws {
    try await place.release(Example.network, as: "net")
    #expect(try await place.martlet("retire", "net:1", "--reason", "old").output == "net:1 is retired\n")
    try await place.release(Example.network, as: "net")
    #expect(try await shown("net").map { $0["state"] as? String } == ["released"])
    #expect(try await place.martlet("fsck").status == 0)
  }

  @Test func pullGivesTheBytesOrTheSealedFile() async throws {
    try await place.release(Example.network, as: "net")
    #expect(try await place.martlet("pull", "net", "-o", "net.onnx").status == 0)
    #expect(try Example.bytes(place("net.onnx")) == Example.bytes(Example.network))
    #expect(try await place.martlet("pull", "net:1", "-o", "net.age", "--sealed").status == 0)
    let key = place.home + "/keys/sealing.age"
    #expect(try await place.martlet("open", "net.age", "-i", key, "-o", "opened").status == 0)
    #expect(try Example.bytes(place("opened")) == Example.bytes(Example.network))
    let taken = try await place.martlet("pull", "net", "-o", "net.onnx")
    #expect(taken.status == 2 && taken.errors.contains("is there already"))
  }

  @Test(arguments: [
    (["show", "nobody"], "there is no model nobody"), (["show", "net:0"], "expected a version as"),
    (["show", "net:2"], "there is no version 2 of the model net"),
    (["pull", "net@champion", "-o", "x"], "the model net has no alias champion"),
    (["alias", "set", "net", "7"], "cannot be an alias's"),
    (["alias", "remove", "net", "champion"], "the model net has no alias champion"),
    (["tag", "net", "team"], "expected a tag as name=value"), (["tag", "net", "a b=c"], "cannot be a tag's"),
    (["tag", "net", "--data", "12"], "--data takes 64 hex digits"),
    (["revoke", "net", "--reason", ""], "expected a reason of 1 to 1000 bytes, found 0"),
    (["approve", "../net"], "expected a version as"),
  ])
  func whatIsWrongIsOneLineAndChangesNothing(_ arguments: [String], _ words: String) async throws {
    try await place.release(Example.network, as: "net")
    let before = try place.knowledge()
    let ended = try await place.martlet(arguments)
    #expect(ended.status == 2)
    #expect(ended.complaints.count == 1 && ended.errors.contains(words), "\(ended.errors)")
    #expect(try place.knowledge() == before)
  }
}
