// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletVerify

/// Whose signature of a model is believed.
struct TrustOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The public key (PEM) that the signature must fit.", valueName: "pem"),
    completion: .file())
  var key: String?

  @Option(
    help: ArgumentHelp(
      "Root certificates (PEM) that vouch for signers; may be given more than once.", valueName: "pem"),
    completion: .file())
  var trustRoot: [String] = []

  @Option(
    help: ArgumentHelp(
      "Who the signer must be, with --trust-root: a mail address, URI or host name of the certificate, with * for anything.",
      valueName: "pattern"))
  var identity: String?

  func validate() throws {
    guard key == nil || trustRoot.isEmpty else {
      throw ValidationError("expected one of --key and --trust-root, found both")
    }
    guard identity == nil || !trustRoot.isEmpty else {
      throw ValidationError("--identity goes with --trust-root")
    }
  }

  /// `nil` when nobody was named.
  func read() throws -> Trust? {
    if let key {
      let pem = try SigningFiles.text(key, what: "key")
      do throws(SignatureError) { return .key(try VerificationKey(pem: pem)) } catch {
        throw Unusable(description: "\(key): \(error)")
      }
    }
    if trustRoot.isEmpty { return nil }
    let pem = try trustRoot.map { try SigningFiles.text($0, what: "root certificates") }.joined(
      separator: "\n")
    return .roots(try TrustRoots(pem: pem), identity: identity.map(IdentityPattern.init))
  }
}
