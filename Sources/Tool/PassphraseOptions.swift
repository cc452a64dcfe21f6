// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
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
    let first = try Self.ask("passphrase: ")
    guard !first.isEmpty else { throw Unusable(description: "expected a passphrase, found an empty one") }
    guard try Self.ask("once more: ") == first else {
      throw Unusable(description: "the two passphrases differ: nothing was made")
    }
    return first
  }

  /// The passphrase of a key that is there; `nil` when none was given.
  func existing() throws -> [UInt8]? {
    try passphrase ? Self.ask("passphrase: ") : fromFile()
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

  /// Asks on the terminal itself, whatever standard input is, and shows nothing of the answer.
  private static func ask(_ prompt: String) throws -> [UInt8] {
    let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else {
      throw Unusable(description: "there is no terminal to ask for the passphrase: use --passphrase-file")
    }
    defer { close(terminal) }
    var shown = termios()
    guard unsafe tcgetattr(terminal, &shown) == 0 else {
      throw Unusable(description: "the terminal cannot be asked for the passphrase: use --passphrase-file")
    }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    unsafe tcsetattr(terminal, TCSAFLUSH, &hidden)
    defer { unsafe tcsetattr(terminal, TCSAFLUSH, &shown) }
    put(prompt, to: terminal)
    var answer: [UInt8] = []
    var byte: UInt8 = 0
    while unsafe read(terminal, &byte, 1) == 1, byte != 0x0A, answer.count < 1024 { answer.append(byte) }
    put("\n", to: terminal)
    return answer
  }

  private static func put(_ text: String, to terminal: Int32) {
    let bytes = Array(text.utf8)
    unsafe bytes.withUnsafeBytes { _ = unsafe write(terminal, $0.baseAddress, bytes.count) }
  }
}
