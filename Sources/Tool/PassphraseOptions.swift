// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletFiles

/// Where the passphrase of a key comes from. Never from the command line, which others on the machine can see.
struct PassphraseOptions: ParsableArguments {
  @Flag(help: "Ask for a passphrase on the terminal.")
  var passphrase = false

  @Option(
    help: ArgumentHelp(
      "Take the passphrase from the first line of a file that only you can read.", valueName: "file"),
    completion: .file())
  var passphraseFile: String?

  func validate() throws {
    guard !passphrase || passphraseFile == nil else {
      throw ValidationError("expected one of --passphrase and --passphrase-file, found both")
    }
  }

  /// The passphrase for a new key; `nil` when it is to have none.
  func new() throws -> [UInt8]? {
    guard passphrase else { return try fromFile() }
    let first = try TerminalSecret.ask("passphrase: ")
    guard !first.isEmpty else { throw Unusable(description: "expected a passphrase, found an empty one") }
    guard try TerminalSecret.ask("once more: ") == first else {
      throw Unusable(description: "the two passphrases differ: nothing was made")
    }
    return first
  }

  /// The passphrase of a key that is there; `nil` when none was given.
  func existing() throws -> [UInt8]? {
    try passphrase ? TerminalSecret.ask("passphrase: ") : fromFile()
  }

  private func fromFile() throws -> [UInt8]? {
    guard let passphraseFile else { return nil }
    guard let bytes = try OwnerOnly.read(passphraseFile) else {
      throw Unusable(description: "there is no passphrase file \(passphraseFile)")
    }
    let line = Array(bytes.prefix { $0 != 0x0A && $0 != 0x0D })
    guard !line.isEmpty else {
      throw Unusable(
        description: "expected a passphrase on the first line of \(passphraseFile), found an empty one")
    }
    return line
  }
}
