// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// `martlet keygen signing`, `sign` and `verify`, as a user runs them.
@Suite struct SigningTests {
  let place = try! Workplace()

  init() throws {
    try FileManager.default.createDirectory(atPath: place("model/sub"), withIntermediateDirectories: true)
    try place.write("weights", to: "model/weights.bin")
    try place.write("{}", to: "model/sub/config.json")
  }

  func key(_ arguments: String...) async throws {
    let made = try await place.martlet(["keygen", "signing", "-o", place("signer.pem")] + arguments)
    try #require(made.status == 0, "\(made.errors)")
  }

  @Test func aModelIsSignedAndVerified() async throws {
    try await key()
    let signed = try await place.martlet("sign", "model", "--key", "signer.pem")
    #expect(signed.status == 0)
    let digest = "c3bf65fb99ad2d0895377a5964fe0881130addd6c41095e22e5ba7da167dcde9"
    #expect(signed.output == "signed  model, 2 files, digest \(digest)\n        model/model.sig\n")
    let verified = try await place.martlet("verify", "model/", "--key", "signer.pem.pub", "--no-cache")
    #expect(verified.status == 0)
    #expect(verified.lines.count == 3)
    #expect(verified.lines.first == "verified  model, 2 files, 9 bytes")
    #expect(verified.lines.last == "digest    \(digest)")
    #expect(try place.files(in: place.path).keys.contains { $0.hasPrefix("a store") } == false)

    let document = try await place.martlet("verify", "model", "--key", "signer.pem.pub", "--format", "json")
      .json()
    #expect(document["verified"] as? Bool == true)
    #expect(document["digest"] as? String == digest)
    #expect(document["files"] as? Int == 2)
  }

  @Test func aChangedModelIsRefused() async throws {
    try await key()
    try await place.martlet("sign", "model", "--key", "signer.pem", "-o", "model.sig")
    try place.write("weightz", to: "model/weights.bin")
    let arguments = ["verify", "model", "--signature", "model.sig", "--key", "signer.pem.pub"]
    let refused = try await place.martlet(arguments)
    #expect(refused.status == 1)
    #expect(refused.output == "refused  the model is not the one that was signed: weights.bin was changed\n")
    #expect(refused.errors == "")
    let document = try await place.martlet(arguments + ["--format", "json"])
    #expect(document.status == 1)
    #expect(try document.json()["verified"] as? Bool == false)
  }

  @Test func aFileIsSignedInShards() async throws {
    try await key("--type", "p521")
    let signed = try await place.martlet([
      "sign", "model/weights.bin", "--key", "signer.pem", "--method", "shards", "--shard-size", "4",
      "--format",
      "json",
    ])
    #expect(try signed.json()["resources"] as? Int == 2)
    #expect(try signed.json()["signature"] as? String == "model/weights.bin.sig")
    #expect(try await place.martlet("verify", "model/weights.bin", "--key", "signer.pem.pub").status == 0)
  }

  @Test func anEncryptedKeyNeedsItsPassphrase() async throws {
    try place.write("correct horse\nsecond line\n", to: "secret")
    chmod(place("secret"), 0o600)
    try await key("--passphrase-file", place("secret"))
    let without = try await place.martlet("sign", "model", "--key", "signer.pem")
    #expect(without.status == 2)
    #expect(
      without.complaints == [
        "martlet: the key is encrypted: give its passphrase with --passphrase or --passphrase-file"
      ])
    let with = try await place.martlet("sign", "model", "--key", "signer.pem", "--passphrase-file", "secret")
    #expect(with.status == 0)
    chmod(place("secret"), 0o644)
    let open = try await place.martlet("sign", "model", "--key", "signer.pem", "--passphrase-file", "secret")
    #expect(open.status == 2)
    // Nobody is there to be asked.
    #expect(try await place.martlet("sign", "model", "--key", "signer.pem", "--passphrase").status == 2)
  }

  @Test(arguments: [
    ["verify", "model", "--signature", "none.sig", "--key", "signer.pem.pub"],
    ["verify", "model", "--key", "none.pub"], ["verify", "model", "--key", "model/weights.bin"],
    ["verify", "none", "--signature", "model.sig", "--key", "signer.pem.pub"], ["verify", "model"],
    ["verify", "model", "--key", "signer.pem.pub", "--trust-root", "signer.pem.pub"],
    ["verify", "model", "--key", "signer.pem.pub", "--identity", "anna"],
    ["verify", "model", "--trust-root", "signer.pem.pub"],
    ["verify", "model", "--signature", "model.sig", "--key", "signer.pem.pub", "--ignore", "../x"],
    ["sign", "model", "--key", "none.pem"], ["sign", "model", "--key", "signer.pem.pub"],
    ["sign", "model", "--key", "signer.pem", "--shard-size", "4"],
    ["sign", "model", "--key", "signer.pem", "--method", "shards", "--shard-size", "0"],
    ["sign", "model", "--key", "signer.pem", "--ignore", "*.py"],
    ["sign", "model", "--key", "signer.pem", "--certificate-chain", "signer.pem.pub"],
    ["sign", "none", "--key", "signer.pem"], ["keygen", "signing", "-o", "signer.pem"],
    ["keygen", "signing", "-o", "other.pem", "--type", "rsa"], ["keygen", "signing", "-o", "none/key.pem"],
  ])
  func whatCannotBeDoneSaysWhyOnOneLine(_ arguments: [String]) async throws {
    try await key()
    try await place.martlet("sign", "model", "--key", "signer.pem", "-o", "model.sig")
    let before = try place.files(in: place("model"))
    let ended = try await place.martlet(arguments)
    #expect(ended.status == 2, "\(ended.output)")
    #expect(ended.complaints.count == 1)
    #expect(ended.complaints.first?.hasPrefix("martlet: ") == true)
    #expect(ended.output == "")
    #expect(try place.files(in: place("model")) == before)
  }
}
