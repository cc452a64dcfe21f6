// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// What `martlet protect` makes of a signature that comes with a model.
@Suite struct SignatureTests {
  let place = try! Workplace()
  let signer = ModelSigner()
  let model: String
  let key: String

  init() throws {
    let bytes = try Example.bytes(Example.network)
    model = try place.write(bytes, to: "mlp.onnx")
    key = try place.write(signer.publicKey, to: "signer.pub")
    try place.write(signer.bundle(for: bytes), to: "mlp.onnx.sig")
  }

  func protect(_ arguments: String...) async throws -> Program.Ended {
    try await place.martlet(["protect", model, "--policy", place.lenientPolicy()] + arguments)
  }

  @Test func oneThatLiesBesideTheModelIsVerified() async throws {
    let ended = try await protect("--key", key)
    #expect(ended.status == 0)
    #expect(ended.lines[2].hasPrefix("                  signature verified: the model, key "))
  }

  @Test func aPolicyMayAskForIt() async throws {
    let policy = try place.write(
      "name: signed\nrelease:\n  - require: signature.outcome == verified\n", to: "signed.yaml")
    #expect(try await place.martlet("protect", model, "--policy", policy, "--key", key).status == 0)
    let unchecked = try await place.martlet("protect", model, "--policy", policy)
    #expect(unchecked.status == 1)
    #expect(
      unchecked.output.contains(
        "no   signature.outcome is unchecked, and signature.outcome == verified is required"))
  }

  @Test func withoutAKeyItSaysThatNothingWasChecked() async throws {
    let ended = try await protect()
    #expect(ended.status == 0)
    #expect(ended.lines[2].hasPrefix("                  there is a signature, but no key to check it with"))
  }

  @Test func aModelThatWasChangedIsRefused() async throws {
    var bytes = try Example.bytes(Example.network)
    bytes[bytes.count / 2] ^= 1
    try place.write(bytes, to: "mlp.onnx")
    let ended = try await protect("--key", key)
    #expect(ended.status == 1)
    #expect(ended.lines[0].hasPrefix("admit    refused"))
    #expect(ended.output.contains("no   the model is not the one that was signed"))
    #expect(try place.files(in: place.home + "/blobs").isEmpty)
    #expect(try await place.records().map { $0["outcome"] as? String } == ["refused"])
  }

  @Test func anotherKeyIsRefused() async throws {
    let other = try place.write(ModelSigner().publicKey, to: "other.pub")
    let ended = try await protect("--key", other)
    #expect(ended.status == 1)
    #expect(ended.output.contains("the signature does not fit"))
  }

  @Test func aSignatureThatIsNoneIsRefused() async throws {
    try place.write("{}", to: "mlp.onnx.sig")
    let ended = try await protect("--key", key)
    #expect(ended.status == 1)
    #expect(ended.output.contains("the signature bundle is malformed"))
  }

  @Test func whatCannotBeReadIsNoVerdict() async throws {
    for arguments in [
      ["--key", place("none.pub")], ["--key", model], ["--key", key, "--signature", place("none.sig")],
    ] {
      let ended = try await place.martlet(["protect", model] + arguments)
      #expect(ended.status == 2)
      #expect(ended.complaints.count == 1)
      #expect(ended.output == "")
    }
    #expect(try await place.records().isEmpty)
  }
}
