// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletSign
import MartletVerify

/// A model in a directory of its own with a key that signs it, honestly or not. Removed at the end of the test.
final class SignedModel: Sendable {
  /// A directory with the model in it, and room beside it.
  let folder: String
  let keyPEM: String
  let publicPEM: String

  var path: String { folder + "/model" }
  var signature: String { folder + "/model.sig" }

  init(
    _ files: [String: String] = ["config.json": "{}", "sub/part.bin": "more", "weights.bin": "weights"],
    _ curve: SigningKey.Curve = .p256
  ) throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("signed \(UUID())")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    folder = place.resolvingSymlinksInPath().path
    let key = SigningKey(curve)
    keyPEM = key.secretPEM
    publicPEM = key.publicPEM
    for (name, text) in files { try write(name, text) }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func callAsFunction(_ name: String) -> String { path + "/" + name }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = URL(fileURLWithPath: self(name))
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: self(name)) }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: self(name), withDestinationPath: target)
  }

  /// Signs it as the command does.
  func sign(_ options: ModelSigner.Options = .init(), of path: String? = nil, into output: String? = nil)
    throws
  {
    let signer = try ModelSigner(key: SigningKey(pem: keyPEM))
    _ = try signer.sign(path ?? self.path, into: output ?? signature, options)
  }

  /// Signs any statement.
  func forge(_ statement: String) throws {
    let envelope = try SigningKey(pem: keyPEM).envelope(Array(statement.utf8), keyID: "")
    try forge(envelope: String(decoding: envelope.encoded(), as: UTF8.self))
  }

  func forge(envelope: String, material: String = #"{"publicKey":{"hint":""}}"#) throws {
    let bundle =
      #"{"mediaType":"\#(OMS.bundleType)","verificationMaterial":\#(material),"dsseEnvelope":\#(envelope)}"#
    try Data(bundle.utf8).write(to: URL(fileURLWithPath: signature))
  }

  func trust() throws -> Trust { .key(try VerificationKey(pem: publicPEM)) }

  @discardableResult
  func verify(
    _ options: ModelVerifier.Options = .init(), _ path: String? = nil, signature: String? = nil,
    cache: DigestCache? = nil
  ) throws -> VerifiedModel {
    try ModelVerifier(trusting: trust(), options).verify(
      path ?? self.path, signature: signature ?? self.signature, cache: cache)
  }
}

/// The statement of a signature, with any part of it changed.
struct Statement {
  var type = "https://in-toto.io/Statement/v1"
  var predicateType = OMS.predicateType
  /// Name and content.
  var files: [(String, String)] = [
    ("config.json", "{}"), ("sub/part.bin", "more"), ("weights.bin", "weights"),
  ]
  var root: MartletEvidence.Digest?
  var method = #""method":"files""#
  var hash = "sha256"
  var links = "false"
  var ignored: String? = "[]"
  /// More members of the predicate, before its own.
  var extra = ""
  /// More behind the end.
  var tail = ""

  var text: String {
    let digests = files.map { MartletEvidence.Digest.of(Array($0.1.utf8)) }
    let resources = zip(files, digests).map { file, digest in
      #"{"name":"\#(file.0)","algorithm":"\#(hash)","digest":"\#(digest.hex)"}"#
    }
    let root = root ?? .of(digests.flatMap(\.bytes))
    let ignored = ignored.map { #","ignore_paths":\#($0)"# } ?? ""
    return
      #"{"_type":"\#(type)","subject":[{"name":"m","digest":{"sha256":"\#(root.hex)"}}],"#
      + #""predicateType":"\#(predicateType)","predicate":{\#(extra)"serialization":{\#(method),"#
      + #""hash_type":"\#(hash)","allow_symlinks":\#(links)\#(ignored)},"#
      + #""resources":[\#(resources.joined(separator: ","))]}}"# + tail
  }
}
