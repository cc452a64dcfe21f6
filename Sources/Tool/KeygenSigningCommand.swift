// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletEncrypt
import MartletSign

struct KeygenSigningCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signing",
    abstract: "Make a key that signs models.",
    discussion: """
      Writes the private key as PKCS#8 in PEM form, which openssl and every OMS tool read, and its public half beside it \
      with the ending .pub: that is what whoever verifies your models needs. Nothing is overwritten.

      With a passphrase the key is encrypted (PBES2 with scrypt and AES-256).

      EXAMPLES
        martlet keygen signing -o signer.pem
        martlet keygen signing --type p384 --passphrase -o signer.pem
      """)

  @Option(help: "p256, p384 or p521.")
  var type: SigningKey.Curve = .p256

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where the private key goes.", valueName: "key"),
    completion: .file())
  var output: String

  @OptionGroup var passphrase: PassphraseOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    let key: String
    let publicKey: String
    let type: String
    let encrypted: Bool
  }

  func run() throws {
    CoreDumps.forbid()
    let secret = try passphrase.new()
    let key = SigningKey(type)
    try SigningKeyFile.create(output, key, passphrase: secret)
    let shown = SigningKeyFile.publicHalf(of: output)
    guard format == .text else {
      return try Terminal.document(
        Document(key: output, publicKey: shown, type: type.rawValue, encrypted: secret != nil))
    }
    Terminal.say("private key  \(output)\(secret == nil ? "" : ", encrypted")")
    Terminal.say("public key   \(shown)")
  }
}

extension SigningKey.Curve: ExpressibleByArgument {}
