// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// `martlet attest`, `bundle` and `verify-bundle`, as a user runs them.
@Suite struct EvidenceCommandTests {
  let place = try! Workplace()
  let type = "https://slsa.dev/provenance/v1"

  init() throws {
    try place.write(#"{"builder": "ours"}"#, to: "provenance.json")
  }

  var keys: [String] {
    ["--log-key", place.home + "/log.pub", "--evidence-key", place.home + "/evidence.pub"]
  }

  @Test func evidenceIsTakenAwayAndCheckedWithoutTheStore() async throws {
    try await place.release(Example.network, as: "network")
    let attested = try await place.martlet(
      "attest", Example.network, "--type", type, "--predicate", "provenance.json")
    #expect(attested.status == 0, "\(attested.errors)")
    let bundled = try await place.martlet("bundle", "network", "-o", "network.json")
    #expect(bundled.status == 0, "\(bundled.errors)")
    #expect(bundled.lines.first?.hasPrefix("bundled  7 pieces of evidence and 5 records about ") == true)
    // The same by the file itself.
    try await place.martlet("bundle", Example.network, "-o", "same.json")
    #expect(try Example.bytes(place("same.json")) == Example.bytes(place("network.json")))

    let away = try Workplace()
    for name in ["log.pub", "evidence.pub"] {
      try away.write(Example.bytes(place.home + "/" + name), to: name)
    }
    try away.write(Example.bytes(place("network.json")), to: "network.json")
    let verified = try await away.martlet(
      "verify-bundle", "network.json", "--log-key", "log.pub", "--evidence-key", "evidence.pub")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    #expect(verified.lines.first?.hasPrefix("verified  7 pieces of evidence about ") == true)
    #expect(verified.lines.contains { $0.hasPrefix("          \(type), record 4") })
    #expect(!FileManager.default.fileExists(atPath: away.home))
  }

  @Test func theKeysInTheBundleAreNamedAndNotTrusted() async throws {
    try await place.release(Example.network, as: "network")
    try await place.martlet("bundle", "network", "-o", "network.json")
    let without = try await place.martlet("verify-bundle", "network.json")
    #expect(without.status == 2)
    #expect(without.complaints.count == 1)
    let first = try await place.martlet("verify-bundle", "network.json", "--trust-on-first-use")
    #expect(first.status == 0)
    #expect(
      first.lines.last?.hasPrefix("trust     the keys came with the bundle: whose they are is not checked")
        == true)
    let document = try await place.martlet(
      "verify-bundle", "network.json", "--trust-on-first-use", "--format", "json"
    ).json()
    #expect(document["trust"] as? String == "first use")

    let other = try Workplace()
    try await other.release(Example.network, as: "network")
    let refused = try await place.martlet([
      "verify-bundle", "network.json", "--log-key", other.home + "/log.pub", "--evidence-key",
      other.home + "/evidence.pub",
    ])
    #expect(refused.status == 1)
    #expect(refused.output.hasPrefix("refused  "))
  }

  @Test func aStatementIsSignedWithAKeyOfOnesOwnWithoutAStore() async throws {
    try await place.martlet("keygen", "signing", "-o", "signer.pem")
    let signed = try await place.martlet([
      "attest", Example.network, "--type", type, "--predicate", "provenance.json", "--key", "signer.pem",
      "-o",
      "statement.json",
    ])
    #expect(signed.status == 0, "\(signed.errors)")
    #expect(!FileManager.default.fileExists(atPath: place.home))
    let envelope = try #require(
      try JSONSerialization.jsonObject(with: Data(Example.bytes(place("statement.json")))) as? [String: Any])
    let payload = try #require((envelope["payload"] as? String).flatMap { Data(base64Encoded: $0) })
    #expect(String(decoding: payload, as: UTF8.self).contains(#""predicate":{"builder": "ours"}"#))
    #expect(envelope["payloadType"] as? String == "application/vnd.in-toto+json")
  }

  @Test func whatCannotBeDoneSaysWhyOnOneLine() async throws {
    let attest = ["attest", Example.network, "--type", type, "--predicate"]
    for arguments in [
      attest + ["provenance.json"], attest + ["none.json"], attest + ["provenance.json", "--key", "x.pem"],
      ["attest", Example.network, "--type", "scan", "--predicate", "provenance.json", "-o", "x"],
      ["attest", "none", "--type", type, "--predicate", "provenance.json", "-o", "x"],
      ["bundle", "network", "-o", "x"], ["bundle", Example.network, "-o", "x"], ["verify-bundle", "none"],
      ["verify-bundle", "provenance.json", "--log-key", "log.pub"],
      [
        "verify-bundle", "provenance.json", "--log-key", "none", "--evidence-key", "none",
        "--trust-on-first-use",
      ],
    ] {
      let ended = try await place.martlet(arguments)
      #expect(ended.status == 2, "\(arguments) \(ended.output)")
      #expect(ended.complaints.count == 1, "\(arguments) \(ended.errors)")
      #expect(ended.output == "")
    }
    // No store was made only to be asked, and nothing was written.
    #expect(!FileManager.default.fileExists(atPath: place.home))
    #expect(!FileManager.default.fileExists(atPath: place("x")))
    #expect(try await place.martlet("verify-bundle", "provenance.json", "--trust-on-first-use").status == 1)
  }
}
