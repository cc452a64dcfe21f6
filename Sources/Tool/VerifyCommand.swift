// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletLifecycle
import MartletVerify

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that a model is unchanged and signed by somebody you trust.",
    discussion: """
      Checks the signature and every file of the model against it (OpenSSF Model Signing 1.0). Files that were added count as \
      much as files that were changed. Trust is a public key, or root certificates: then the signer's certificate must lead to \
      one of them, be valid today and be made for signing code.

      A model that nobody wrote to since it was verified last is not read again; --no-cache reads it.

      Exit status: 0 verified; 1 refused, with the reason; 2 it could not be checked.

      EXAMPLES
        martlet verify model/ --signature model/model.sig --key signer.pem.pub
        martlet verify model/ --signature model.sig --trust-root ca.pem --identity 'release@*.example'
        martlet verify model/ --signature model.sig --key signer.pem.pub --ignore cache --format json
      """)

  @Argument(help: "The model: a file or a directory.", completion: .file())
  var model: String

  @Option(
    help: ArgumentHelp(
      "The signature (default: model.sig in the directory, or beside the file with the ending .sig).",
      valueName: "file"),
    completion: .file())
  var signature: String?

  @OptionGroup var trust: TrustOptions

  @Option(
    help: ArgumentHelp(
      "Let a file or directory be there unsigned, without looking at it. A path relative to the model; may be given more "
        + "than once.", valueName: "path"))
  var ignore: [String] = []

  @Flag(help: "Let any files be there unsigned. Those that were signed must still be there and unchanged.")
  var ignoreUnsignedFiles = false

  @Flag(help: "Accept signatures from before OMS 1.0, which cover less.")
  var allowLegacy = false

  @Flag(help: "Read every byte, even of files that nobody wrote to since they were verified last.")
  var noCache = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    struct Signer: Encodable {
      var key: String?
      var subject: String?
      var names: [String]?
      var root: String?
    }

    let verified: Bool
    var reason: String?
    var name: String?
    var digest: String?
    var signer: Signer?
    var files: Int?
    var bytes: Int?
    var read: Int?
  }

  func run() throws {
    guard let trusted = try trust.read() else {
      throw ValidationError("expected --key or --trust-root: without either, nobody's signature is believed")
    }
    let verifier = ModelVerifier(
      trusting: trusted,
      .init(ignoring: ignore, allowsLegacy: allowLegacy, ignoresUnsigned: ignoreUnsignedFiles))
    let cache = noCache ? nil : DigestCache(directory: Home.standard().digestCache)
    let verified: VerifiedModel
    do throws(SignatureError) {
      verified = try verifier.verify(
        model, signature: signature ?? SignatureName.standard(for: model), cache: cache)
    } catch {
      guard error.isRefusal else { throw error }
      if format == .json {
        try Terminal.document(Document(verified: false, reason: "\(error)"))
      } else {
        Terminal.say("\(error)", after: Terminal.paint("refused", .red) + "  ", width: 9)
      }
      throw Exit.refused
    }
    try show(verified)
  }

  private func show(_ verified: VerifiedModel) throws {
    guard format == .text else {
      return try Terminal.document(
        Document(
          verified: true, name: verified.subject, digest: verified.digest.hex, signer: signer(verified),
          files: verified.files, bytes: verified.bytes, read: verified.read))
    }
    let count = "\(verified.files) file\(verified.files == 1 ? "" : "s")"
    Terminal.say(
      "\(Terminal.paint("verified", .green))  \(verified.subject), \(count), \(Wording.bytes(verified.bytes))"
        + (verified.read == verified.bytes
          ? ""
          : ", of which \(Wording.bytes(verified.bytes - verified.read)) as they were when verified before"))
    switch verified.signer {
    case .key(let hint): Terminal.say("signer    the key \(hint)")
    case .certificate(let subject, let names, let root):
      let who = names.isEmpty ? subject : names.joined(separator: ", ")
      Terminal.say("signer    \(who) (\(subject)), vouched for by \(root)")
    }
    Terminal.say("digest    \(verified.digest.hex)")
  }

  private func signer(_ verified: VerifiedModel) -> Document.Signer {
    switch verified.signer {
    case .key(let hint): .init(key: hint)
    case .certificate(let subject, let names, let root): .init(subject: subject, names: names, root: root)
    }
  }
}
