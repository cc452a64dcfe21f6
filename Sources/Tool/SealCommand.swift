// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletBytes
import MartletEncrypt
import MartletFiles

struct SealCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal",
    abstract: "Encrypt a file or a directory for recipients.",
    discussion: """
      Writes age files, which age, rage and pyrage open too. A directory becomes a directory of sealed members with names \
      that say nothing, and a sealed manifest: one member can be opened alone.

      Sealing says nothing about where a file comes from: everybody who knows a recipient can seal for it. That is what \
      signatures are for.

      EXAMPLES
        martlet seal model.safetensors -r age1… -o model.safetensors.age
        martlet seal model/ -R team.txt -o model.age
        martlet seal model.onnx -r "$(cat anna.pub)" -r "$(cat ~/.ssh/id_ed25519.pub)"
        martlet seal notes.txt --passphrase --armor -o notes.age
      """)

  @Argument(help: ArgumentHelp("A file or a directory.", valueName: "path"), completion: .file())
  var input: String

  @OptionGroup var recipients: SealingRecipients

  @Flag(name: .shortAndLong, help: "Seal with a passphrase instead of for recipients.")
  var passphrase = false

  @OptionGroup var secret: PassphraseSource

  @Flag(
    name: .shortAndLong,
    help: "Write text instead of bytes. Text has no aligned header and cannot be read in parts.")
  var armor = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The sealed file or directory (default: the input's name and .age); - for standard output.",
      valueName: "path"),
    completion: .file())
  var output: String?

  @Flag(name: .shortAndLong, help: "Replace an output file that is there.")
  var force = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    let output: String
    let recipients: Int
    let plaintextBytes: Int
    let sealedBytes: Int
  }

  func validate() throws {
    let names = !recipients.recipients.isEmpty || !recipients.files.isEmpty
    guard names != passphrase else {
      throw ValidationError(
        names
          ? "a passphrase stands alone in the age format: leave the recipients out, or --passphrase"
          : "who may open it? name recipients with --recipient or --recipients-file, or use --passphrase")
    }
    if output == "-", format == .json {
      throw ValidationError("standard output cannot have both the file and JSON")
    }
  }

  func run() throws {
    CoreDumps.forbid()
    Interruption.discardsUnfinished()
    guard let kind = try PathKind.of(input) else { throw Unusable(description: "there is no file \(input)") }
    let output = output ?? PathKind.trimmed(input) + ".age"
    if kind == .directory { return try sealDirectory(to: output) }
    let source = try ReadableFile(input)
    let readers = try recipients.read()
    let sealer =
      passphrase ? try FileSealer(passphrase: secret.read(confirming: true)) : try FileSealer(for: readers)
    if output == "-" {
      try stream(source, sealer)
    } else {
      try PathKind.prepare(output, replacing: force)
      try SealedOutput.seal(
        source, with: sealer, armored: armor, as: output, replacing: force,
        progress: SealMeter("sealing", bytes: source.count).closure)
      Terminal.clearProgress()
      try report(output, readers.count, source.count, try ReadableFile(output).count)
    }
  }

  private func stream(_ source: ReadableFile, _ sealer: consuming FileSealer) throws {
    guard armor else { return try sealer.stream(source) { try StandardOutput.write($0) } }
    var writer = AgeArmor.Writer()
    try sealer.stream(source) { part in
      let text = writer.text(of: part)
      try StandardOutput.write(text.span)
    }
    let end = writer.end()
    try StandardOutput.write(end.span)
  }

  private func sealDirectory(to output: String) throws {
    guard !passphrase, !armor, output != "-" else {
      throw Unusable(
        description:
          "a directory becomes a directory of sealed files, for recipients: make an identity with `martlet keygen sealing --passphrase` and seal for it"
      )
    }
    let readers = try recipients.read()
    try PathKind.prepare(output, replacing: false)
    let sealed = try SealedDirectory.seal(input, for: readers, as: output) { done, total in
      Terminal.progress("sealing: \(done) of \(total) files")
    }
    Terminal.clearProgress()
    try report(output, readers.count, sealed.plainCount, sealed.sealedCount)
  }

  private func report(_ output: String, _ recipients: Int, _ plain: Int, _ sealed: Int) throws {
    switch format {
    case .json:
      try Terminal.document(
        Document(output: output, recipients: recipients, plaintextBytes: plain, sealedBytes: sealed))
    case .text:
      let whom = passphrase ? "with a passphrase" : "for \(recipients) recipient\(recipients == 1 ? "" : "s")"
      Terminal.say("\(Terminal.paint("sealed", .green))  \(output)  \(whom), \(sealed) bytes")
    }
  }
}
