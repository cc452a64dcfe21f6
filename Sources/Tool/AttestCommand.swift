// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletFiles
import MartletLifecycle
import MartletSign

struct AttestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attest",
    abstract: "Sign a statement about a model: provenance, a test result, a summary of verification.",
    discussion: """
      Makes an in-toto Statement v1 about the model's digest, with your predicate in it as it is, and signs it as a DSSE \
      envelope. With the store's key, which is used unless you name another, it becomes evidence of a model that the store \
      has, and goes into the log. With a key of your own it is written to a file only: the store believes nobody but itself.

      Exit status: 0 attested; 2 it could not be done.

      EXAMPLES
        martlet attest model/ --type https://slsa.dev/provenance/v1 --predicate provenance.json
        martlet attest model/ --type https://in-toto.io/attestation/test-result/v0.1 --predicate tests.json \\
          --key signer.pem -o tests.dsse.json
      """)

  @Argument(help: "The model: a file, a directory or a digest (64 hex digits).", completion: .file())
  var model: String

  @Option(help: ArgumentHelp("The predicate type.", valueName: "uri"))
  var type: String

  @Option(help: ArgumentHelp("The predicate: a JSON object.", valueName: "file"), completion: .file())
  var predicate: String

  @Option(help: "What the statement calls the model (default: the file's name, or the digest).")
  var name: String?

  @Option(
    help: ArgumentHelp("A private key (PEM) instead of the store's.", valueName: "pem"), completion: .file())
  var key: String?

  @OptionGroup var passphrase: PassphraseOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the signed statement here.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    let digest: Digest
    let type: String
    let evidence: Digest
    let kept: Bool
    let file: String?
  }

  private static let longestPredicate = 16 << 20

  func validate() throws {
    guard key == nil || output != nil else {
      throw ValidationError("--key goes with --output: the store keeps only what it has signed itself")
    }
  }

  func run() throws {
    guard let bytes = try WholeFile.read(predicate, atMost: Self.longestPredicate) else {
      throw Unusable(description: "there is no predicate file \(predicate)")
    }
    let named = try NamedDigest(model)
    let attestation = try Attestation(
      about: named.digest, named: name ?? named.name, type: type, predicate: bytes)
    let (envelope, kept) = try sign(attestation)
    if let output { try DurableFile.replace(output, with: envelope.encoded().span) }
    guard format == .text else {
      return try Terminal.document(
        Document(digest: named.digest, type: type, evidence: envelope.digest, kept: kept, file: output))
    }
    Terminal.say("\(Terminal.paint("attested", .green))  \(type) about \(named.digest.hex)")
    if kept { Terminal.say("store     evidence \(envelope.digest.hex)") }
    if let output { Terminal.say("file      \(output)") }
  }

  private func sign(_ attestation: Attestation) throws -> (Envelope, kept: Bool) {
    if let key {
      let key = try SigningFiles.key(key, passphrase)
      return (key.envelope(attestation.payload, keyID: Digest.of(key.publicDER).hex), false)
    }
    // A store is not made for this: its key would be nobody's.
    _ = try Store.reading(.standard())
    let lifecycle = Lifecycle(store: try Store(.standard()))
    return try lifecycle.attest(attestation, requiresStore: output == nil)
  }
}
