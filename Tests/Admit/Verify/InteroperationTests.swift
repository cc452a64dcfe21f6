// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletSign
import MartletVerify
import Testing
import X509

/// What Martlet signs is verified by the reference tool, and the reverse.
@Suite struct InteroperationTests {
  /// Names that the reference tool sorts in another order than OMS.
  static let files = ["a.b": "1", "a/c": "22222", "a-b/d": "", "modèle (1).bin": "333333333", "B": "4"]

  private func write(_ text: String, _ name: String, _ model: SignedModel) throws -> String {
    let path = model.folder + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test(arguments: SigningKey.Curve.allCases)
  func keys(_ curve: SigningKey.Curve) throws {
    let model = try SignedModel(Self.files, curve)
    let publicKey = try write(model.publicPEM, "key.pub", model)
    try model.sign()
    let theirs = ["verify", "key", "--public_key", publicKey, "--signature", model.signature, model.path]
    let said = try ReferenceTool.run(theirs)
    #expect(said.accepts, "\(said.output)")
    try model.write("B", "5")
    #expect(try !ReferenceTool.run(theirs).accepts)

    let key = try write(model.keyPEM, "key", model)
    let signed = try ReferenceTool.run([
      "sign", "key", "--private_key", key, "--signature", model.signature, model.path,
    ])
    #expect(signed.accepts, "\(signed.output)")
    #expect(try model.verify().files == 5)
  }

  @Test func ignoredPathsAndASignatureInside() throws {
    let model = try SignedModel(Self.files)
    let publicKey = try write(model.publicPEM, "key.pub", model)
    let inside = model("model.sig")
    try model.write("cache/x", "x")
    try model.write("NOTES.md", "#")
    try model.sign(.init(ignoring: ["cache", "NOTES.md"]), into: inside)
    let said = try ReferenceTool.run([
      "verify", "key", "--public_key", publicKey, "--signature", inside, model.path,
    ])
    #expect(said.accepts, "\(said.output)")

    let key = try write(model.keyPEM, "key", model)
    let signed = try ReferenceTool.run([
      "sign", "key", "--private_key", key, "--signature", inside, "--ignore-paths", model("cache"),
      model.path,
    ])
    #expect(signed.accepts, "\(signed.output)")
    #expect(throws: SignatureError.self) { try model.verify(signature: inside) }
    #expect(try model.verify(.init(ignoring: ["cache"]), signature: inside).files == 6)
  }

  @Test func certificates() throws {
    let model = try SignedModel(Self.files)
    let root = TestAuthority("Root", until: Date() + 86_400, from: Date() - 86_400)
    let issuer = TestAuthority("Issuer", by: root, until: Date() + 86_400, from: Date() - 86_400)
    var leaf = TestAuthority.Leaf()
    (leaf.from, leaf.until) = (Date() - 3600, Date() + 3600)
    let signer = try issuer.issue(leaf, for: model.publicPEM)
    let rootFile = try write([root.certificate].pem(), "root.pem", model)
    let chain = try [signer, issuer.certificate].pem()
    _ = try ModelSigner(key: SigningKey(pem: model.keyPEM), certificates: chain).sign(
      model.path, into: model.signature)
    let said = try ReferenceTool.run([
      "verify", "certificate", "--certificate_chain", rootFile, "--signature", model.signature, model.path,
    ])
    #expect(said.accepts, "\(said.output)")

    let signed = try ReferenceTool.run([
      "sign", "certificate", "--private_key", write(model.keyPEM, "key", model),
      "--signing_certificate", write([signer].pem(), "signer.pem", model),
      "--certificate_chain", write([issuer.certificate].pem(), "issuer.pem", model),
      "--signature", model.signature, model.path,
    ])
    #expect(signed.accepts, "\(signed.output)")
    let trust = Trust.roots(try TrustRoots(pem: [root.certificate].pem()), identity: .init("anna@*"))
    #expect(try ModelVerifier(trusting: trust).verify(model.path, signature: model.signature).files == 5)
  }

  /// Its command has no option for shards, so that its library is asked. It calls the hash of a shard `sha256-sharded-4`,
  /// where OMS says `sha256`: all but that word must be the same.
  @Test func shards() throws {
    let model = try SignedModel(Self.files)
    let publicKey = try write(model.publicPEM, "key.pub", model)
    try model.sign(.init(serialization: .shards(size: 4)))
    let verify = """
      import pathlib, sys
      from model_signing import hashing
      from model_signing._signing import sign_ec_key, sign_sigstore_pb
      def digests(manifest):
          return {part.identifier: part.digest.digest_value for part in manifest.resource_descriptors()}
      signature = sign_sigstore_pb.Signature.read(pathlib.Path(sys.argv[3]))
      signed = sign_ec_key.Verifier(pathlib.Path(sys.argv[1])).verify(signature)
      found = hashing.Config().use_shard_serialization(shard_size=4).hash(sys.argv[2])
      sys.exit(digests(signed) != digests(found) or len(digests(found)) != 7)
      """
    let said = try ReferenceTool.python(["-c", verify, publicKey, model.path, model.signature])
    #expect(said.accepts, "\(said.output)")

    let sign = """
      import sys
      from model_signing import hashing, signing
      shards = hashing.Config().use_shard_serialization(shard_size=4)
      config = signing.Config().use_elliptic_key_signer(private_key=sys.argv[1]).set_hashing_config(shards)
      config.sign(sys.argv[2], sys.argv[3])
      """
    let key = try write(model.keyPEM, "key", model)
    let signed = try ReferenceTool.python(["-c", sign, key, model.path, model.signature])
    #expect(signed.accepts, "\(signed.output)")
    #expect(try model.verify().serialization == .shards(size: 4))
  }
}
