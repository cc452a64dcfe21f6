// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletEncrypt

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Say what a sealed file tells, and with an identity what is in it.",
    discussion: """
      Without an identity nothing is proved: it is what the file says. With one, the header is authenticated, every chunk is \
      opened and nothing is kept. age keeps recipients anonymous; whether somebody is one, whoever can open the file can ask.

      Exit status: 0 as it was sealed, or not looked into; 1 it is not as it was sealed; 2 it could not be done.

      EXAMPLES
        martlet inspect model.age
        martlet inspect model.age -i anna.key --recipient age1…
        martlet inspect model.safetensors.age -i anna.key --format json
      """)

  @Argument(help: ArgumentHelp("A sealed file or directory.", valueName: "path"), completion: .file())
  var input: String

  @OptionGroup var opening: OpeningOptions

  @Option(
    name: [.short, .customLong("recipient")],
    help: ArgumentHelp(
      "Say whether this is a recipient; needs an identity; may be repeated.", valueName: "recipient"))
  var recipients: [String] = []

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    struct Member: Encodable {
      let name: String
      let file: String
      let bytes: Int
    }

    let path: String
    let version = "age v1"
    let recipients: [String]
    let headerBytes: Int
    let recipientsChangeInPlace: Bool
    let armored: Bool
    let interrupted: Bool
    let sealedBytes: Int
    let plaintextBytes: Int
    /// Whether every chunk was opened; false where no key was given.
    var verified = false
    var isRecipient: [String: Bool] = [:]
    var members: [Member]?

    private enum CodingKeys: CodingKey {
      case path, version, recipients, headerBytes, recipientsChangeInPlace, armored, interrupted, sealedBytes,
        plaintextBytes, verified, isRecipient, members
    }

    init(_ path: String, _ facts: SealedFacts) {
      self.path = path
      recipients = facts.recipients
      headerBytes = facts.headerCount
      recipientsChangeInPlace = facts.isAligned
      armored = facts.isArmored
      interrupted = facts.isInterrupted
      sealedBytes = facts.sealedCount
      plaintextBytes = facts.plainCount
    }
  }

  func validate() throws {
    if !recipients.isEmpty, opening.identities.isEmpty {
      throw ValidationError("--recipient needs an --identity: the file tells it only to whoever can open it")
    }
  }

  func run() throws {
    CoreDumps.forbid()
    guard let kind = try PathKind.of(input) else { throw Unusable(description: "there is no file \(input)") }
    let asked = try SealingRecipients.read(recipients, [])
    try Damage.reported {
      let directory = kind == .directory ? SealedDirectory(input) : nil
      let path = directory?.manifestPath ?? input
      var document = Document(input, try SealedFacts(path))
      if !opening.identities.isEmpty || opening.secret.passphraseFile != nil {
        let keys = try opening.keys(for: input)
        let file = try SealedPath(path).unlock(with: keys)
        try file.verify(progress: SealMeter("reading", bytes: file.plainCount).closure)
        Terminal.clearProgress()
        for recipient in asked { document.isRecipient[recipient.description] = file.names(recipient) }
        if let directory {
          let members = try directory.verify(with: keys)
          document.members = members.map { .init(name: $0.name, file: $0.file, bytes: $0.size) }
        }
        document.verified = true
      }
      if format == .json { try Terminal.document(document) } else { show(document) }
    }
  }

  private func show(_ document: Document) {
    Terminal.say("format      \(document.version)\(document.armored ? ", ASCII armour" : "")")
    let kinds = Dictionary(grouping: document.recipients, by: { $0 }).map { "\($1.count) \($0)" }.sorted()
    Terminal.say("recipients  \(kinds.joined(separator: ", "))")
    let place = document.recipientsChangeInPlace ? "recipients change in place" : "not aligned"
    Terminal.say("header      \(document.headerBytes) bytes, \(place)")
    if document.interrupted {
      Terminal.say("            a change of recipients was interrupted: `martlet rewrap` completes it")
    }
    Terminal.say("sealed      \(document.sealedBytes) bytes")
    Terminal.say("plaintext   \(document.plaintextBytes) bytes")
    Terminal.say(
      "verified    \(document.verified ? Terminal.paint("yes, every chunk", .green) : "no: that needs a key")"
    )
    for (recipient, isOne) in document.isRecipient.sorted(by: { $0.key < $1.key }) {
      Terminal.say("\(isOne ? "recipient " : "no recipient")  \(recipient)")
    }
    for member in document.members ?? [] {
      let margin = "member      \(member.file)  \(member.bytes) bytes  "
      Terminal.say(member.name, after: margin, width: margin.count)
    }
  }
}
