// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletEncrypt
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
    return try TerminalSecret.askTwice("passphrase: ")
  }

  /// The passphrase of a key that is there; `nil` when none was given.
  func existing() throws -> [UInt8]? {
    try passphrase ? TerminalSecret.ask("passphrase: ") : fromFile()
  }

  private func fromFile() throws -> [UInt8]? {
    try passphraseFile.map { path in try PassphraseFile.read(path) }
  }
}

/// A file with a passphrase on its first line, for its owner only.
enum PassphraseFile {
  /// The caller erases what it gets.
  static func read(_ path: String) throws -> [UInt8] {
    guard var bytes = try OwnerOnly.read(path) else {
      throw Unusable(description: "there is no passphrase file \(path)")
    }
    defer { bytes.erase() }
    let line = Array(bytes.prefix { $0 != 0x0A && $0 != 0x0D })
    guard !line.isEmpty else {
      throw Unusable(
        description: "expected a passphrase on the first line of \(path), found an empty one")
    }
    return line
  }
}
