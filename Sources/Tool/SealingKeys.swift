// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletBytes
import MartletEncrypt
import MartletFiles

/// Where a passphrase comes from: a file, or the terminal.
struct PassphraseSource: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read the passphrase from the first line of a file for its owner only, instead of asking.",
      valueName: "file"),
    completion: .file())
  var passphraseFile: String?

  /// - Parameter confirming: ask twice, for a passphrase that is new.
  func read(confirming: Bool = false) throws -> Passphrase {
    var text =
      if let passphraseFile {
        try PassphraseFile.read(passphraseFile)
      } else {
        try confirming ? TerminalSecret.askTwice("passphrase: ") : TerminalSecret.ask("passphrase: ")
      }
    defer { text.erase() }
    return try Passphrase(copying: text.span)
  }
}

/// Who may open: recipients on the command line and in files, or a passphrase.
struct SealingRecipients: ParsableArguments {
  @Option(
    name: [.short, .customLong("recipient")],
    help: ArgumentHelp("age1…, age1pq1… or ssh-ed25519 AAAA…; may be repeated.", valueName: "recipient"))
  var recipients: [String] = []

  @Option(
    name: [.customShort("R"), .customLong("recipients-file")],
    help: ArgumentHelp("A file with one recipient a line; may be repeated.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  func read() throws -> [SealingRecipient] {
    try Self.read(recipients, files)
  }

  static func read(_ recipients: [String], _ files: [String]) throws -> [SealingRecipient] {
    var found = try recipients.map { text in try SealingRecipient(text) }
    for file in files {
      guard let text = try WholeFile.read(file, atMost: Limits.recipientsFile) else {
        throw Unusable(description: "there is no recipients file \(file)")
      }
      for (number, line) in String(decoding: text, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false
      ).enumerated() {
        let line = line.trimmingCharacters(in: .whitespaces)
        if line.isEmpty || line.hasPrefix("#") { continue }
        do throws(SealError) {
          found.append(try SealingRecipient(line))
        } catch {
          throw Unusable(description: "\(file), line \(number + 1): \(error)")
        }
      }
    }
    return found
  }
}

/// What opens sealed files: the identities of files, or a passphrase where the file is sealed with one.
struct OpeningOptions: ParsableArguments {
  @Option(
    name: [.short, .customLong("identity")],
    help: ArgumentHelp(
      "An identity file, or a private key of ssh-keygen -t ed25519; may be repeated.", valueName: "file"),
    completion: .file())
  var identities: [String] = []

  @OptionGroup var secret: PassphraseSource

  /// The keys for a sealed file.
  func keys(for path: String) throws -> OpeningKeys {
    let file = SealedDirectory.isOne(path) ? SealedDirectory(path).manifestPath : path
    if try SealedFacts(file).needsPassphrase { return .passphrase(try secret.read()) }
    guard !identities.isEmpty else {
      throw Unusable(
        description: "\(path) is sealed for recipients: name the identity of one of them with --identity")
    }
    return .identities(try IdentityFiles.read(identities, secret))
  }
}

/// Identity files, which only their owner may read.
enum IdentityFiles {
  static func read(_ paths: [String], _ secret: PassphraseSource) throws -> IdentityRing {
    var ring = IdentityRing()
    for path in paths {
      guard var file = try OwnerOnly.read(path) else {
        throw Unusable(description: "there is no identity file \(path)")
      }
      defer { file.erase() }
      do {
        try ring.add(identityFile: file.span) { try secret.read() }
      } catch let error as SealError {
        throw Unusable(description: "\(path): \(error)")
      }
    }
    return ring
  }
}
