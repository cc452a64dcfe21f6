// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletBytes
import MartletEncrypt
import MartletFiles

struct KeygenSealingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sealing",
    abstract: "Make an identity, which opens what is sealed for its recipient.",
    discussion: """
      Writes an identity file of age, for its owner only, and prints the recipient, which everybody may know. Keep the \
      identity: without it nothing that was sealed for it opens again.

      EXAMPLES
        martlet keygen sealing -o anna.key
        martlet keygen sealing -o anna.key --passphrase         it asks for the passphrase
        martlet keygen sealing -o anna.key --post-quantum       safe from quantum computers; age 1.3 and newer read it
        martlet keygen sealing --recipient-of ~/.ssh/id_ed25519
      """)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where the identity goes (default: standard output).", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Seal the identity file with a passphrase.")
  var passphrase = false

  @OptionGroup var secret: PassphraseSource

  @Flag(help: "A hybrid key of ML-KEM-768 and X25519.")
  var postQuantum = false

  @Option(
    help: ArgumentHelp("Make nothing, and print the recipients of an identity file.", valueName: "file"),
    completion: .file())
  var recipientOf: String?

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func validate() throws {
    if recipientOf != nil, output != nil || passphrase || postQuantum {
      throw ValidationError(
        "--recipient-of makes no key: leave --output, --passphrase and --post-quantum out")
    }
    if format == .json, output == nil, recipientOf == nil {
      throw ValidationError("--format json prints the recipient: name a file for the identity with --output")
    }
  }

  func run() throws {
    CoreDumps.forbid()
    if let recipientOf {
      let ring = try IdentityFiles.read([recipientOf], secret)
      return try show(ring.recipients)
    }
    let identity = try SealingIdentity.generate(postQuantum: postQuantum)
    let key = passphrase ? try secret.read(confirming: true) : nil
    try identity.withIdentityFile { text in try write(text, sealedWith: key) }
    if output != nil { try show([identity.recipient]) }
  }

  private func write(_ text: Span<UInt8>, sealedWith passphrase: borrowing Passphrase?) throws {
    guard passphrase != nil else { return try put(text) }
    let plain = try SecretBytes(copying: text)
    var armor = AgeArmor.Writer()
    var sealed: [UInt8] = []
    try plain.seal(with: FileSealer(passphrase: passphrase!)) { sealed += armor.text(of: $0) }
    sealed += armor.end()
    try put(sealed.span)
  }

  private func put(_ file: Span<UInt8>) throws {
    guard let output else { return try StandardOutput.write(file) }
    do throws(FilesError) {
      try OwnerOnly.create(output, with: file)
    } catch {
      guard error.code == EEXIST else { throw error }
      throw Unusable(
        description: "\(output) is there already: a key that is overwritten is lost, choose another name")
    }
  }

  private func show(_ recipients: [SealingRecipient]) throws {
    switch format {
    case .text: for recipient in recipients { Terminal.say("\(recipient)") }
    case .json: try Terminal.document(["recipients": recipients.map(\.description)])
    }
  }
}
