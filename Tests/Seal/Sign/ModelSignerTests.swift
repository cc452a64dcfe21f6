// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletSign
import Testing

@Suite struct ModelSignerTests {
  let folder = try! KeyFolder()

  init() throws {
    try FileManager.default.createDirectory(atPath: folder("m/sub"), withIntermediateDirectories: true)
    for (name, text) in [("m/b", "b"), ("m/sub/a", "a"), ("m/empty", "")] { try folder.write(name, text) }
  }

  private struct Bundle: Decodable {
    struct Material: Decodable {
      struct Key: Decodable { let hint: String }
      let publicKey: Key
      let tlogEntries: [String]
    }
    let mediaType: String
    let verificationMaterial: Material
    let dsseEnvelope: Envelope
  }

  /// The statement that was signed.
  private func sign(_ options: ModelSigner.Options, into name: String = "m.sig") throws -> [String: Any] {
    let signer = try ModelSigner(key: SigningKey(.p256))
    let signed = try signer.sign(folder("m"), into: folder(name), options)
    let bundle = try JSONDecoder().decode(Bundle.self, from: Data(signed.bundle))
    #expect(try Array(Data(contentsOf: URL(fileURLWithPath: folder(name)))) == signed.bundle)
    #expect(bundle.mediaType == "application/vnd.dev.sigstore.bundle.v0.3+json")
    #expect(bundle.dsseEnvelope.signatures.map(\.keyid) == [""])
    let payload = try #require(Data(base64Encoded: bundle.dsseEnvelope.payload))
    return try #require(try JSONSerialization.jsonObject(with: payload) as? [String: Any])
  }

  private func predicate(_ statement: [String: Any]) throws -> (parameters: [String: Any], names: [String]) {
    let predicate = try #require(statement["predicate"] as? [String: Any])
    let resources = try #require(predicate["resources"] as? [[String: String]])
    #expect(resources.allSatisfy { $0["algorithm"] == "sha256" && Digest(hex: $0["digest"] ?? "") != nil })
    return (try #require(predicate["serialization"] as? [String: Any]), resources.compactMap { $0["name"] })
  }

  @Test func theStatementIsThatOfOMS() throws {
    let statement = try sign(.init())
    #expect(statement["_type"] as? String == "https://in-toto.io/Statement/v1")
    #expect(statement["predicateType"] as? String == "https://model_signing/signature/v1.0")
    let subject = try #require((statement["subject"] as? [[String: Any]])?.first)
    #expect(subject["name"] as? String == "m")
    let root = try Artifact(opening: folder("m")).manifest.root
    #expect(subject["digest"] as? [String: String] == ["sha256": root.hex])
    let (parameters, names) = try predicate(statement)
    #expect(names == ["b", "empty", "sub/a"])
    #expect(parameters["method"] as? String == "files")
    #expect(parameters["hash_type"] as? String == "sha256")
    #expect(parameters["allow_symlinks"] as? Bool == false)
    #expect(parameters["ignore_paths"] as? [String] == [".git", ".gitattributes", ".github", ".gitignore"])
    #expect(parameters["shard_size"] == nil)
  }

  @Test func shardsSayTheirSizeAndEmptyFilesHaveNone() throws {
    let (parameters, names) = try predicate(sign(.init(serialization: .shards(size: 1))))
    #expect(names == ["b:0:1", "sub/a:0:1"])
    #expect(parameters["shard_size"] as? Int == 1)
  }

  @Test func whatIsIgnoredAndTheSignatureInsideAreSaidAndLeftOut() throws {
    let (parameters, names) = try predicate(sign(.init(ignoring: ["./sub/"]), into: "m/model.sig"))
    #expect(names == ["b", "empty"])
    #expect((parameters["ignore_paths"] as? [String])?.suffix(2) == ["sub", "model.sig"])
  }

  @Test(arguments: ["*.py", "a?", "[a]", "../x", "/x", ".", ""])
  func pathsThatCannotBeIgnored(_ path: String) {
    #expect(throws: SignError.badIgnorePath(path)) { try sign(.init(ignoring: [path])) }
  }

  @Test func whatCannotBeSignedLeavesNoSignature() throws {
    try FileManager.default.createSymbolicLink(atPath: folder("m/link"), withDestinationPath: "b")
    #expect(throws: SignError.model(.link(folder("m/link")))) { try sign(.init()) }
    #expect(throws: SignError.badShardSize(0)) { try sign(.init(serialization: .shards(size: 0))) }
    #expect(!FileManager.default.fileExists(atPath: folder("m.sig")))
    #expect(try predicate(sign(.init(allowsLinks: true))).names == ["b", "empty", "link", "sub/a"])
  }
}
