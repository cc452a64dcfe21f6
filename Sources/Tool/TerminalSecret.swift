// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEncrypt

/// Asks a person for a secret, at the terminal and nowhere else, without showing what is typed.
enum TerminalSecret {
  private static let longest = 4096

  /// - Parameters:
  ///   - what: what is asked for, in messages.
  ///   - otherwise: what to do where there is no terminal.
  static func ask(
    _ question: String, what: String = "passphrase", otherwise: String = "use --passphrase-file"
  ) throws -> [UInt8] {
    let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else {
      throw Unusable(
        description: "a \(what) is needed, and there is no terminal to ask at: \(otherwise)")
    }
    defer { close(terminal) }
    var shown = termios()
    guard unsafe tcgetattr(terminal, &shown) == 0 else {
      throw Unusable(
        description: "the terminal cannot be kept from showing the \(what): \(otherwise)")
    }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    unsafe tcsetattr(terminal, TCSAFLUSH, &hidden)
    defer {
      unsafe tcsetattr(terminal, TCSAFLUSH, &shown)
      say("\n", to: terminal)
    }
    say(question, to: terminal)
    var line: [UInt8] = []
    // Growing would leave the secret behind in the memory it grew out of.
    line.reserveCapacity(longest)
    var byte: UInt8 = 0
    while line.count < longest {
      let got = unsafe Glibc.read(terminal, &byte, 1)
      if got < 0, errno == EINTR { continue }
      if got != 1 || byte == UInt8(ascii: "\n") { return line }
      line.append(byte)
    }
    throw Unusable(description: "a \(what) has at most \(longest) bytes")
  }

  /// Asks for a new secret, which a slip of the fingers would lose.
  static func askTwice(
    _ question: String, what: String = "passphrase", otherwise: String = "use --passphrase-file"
  ) throws -> [UInt8] {
    let first = try ask(question, what: what, otherwise: otherwise)
    guard !first.isEmpty else { throw Unusable(description: "expected a \(what), found an empty one") }
    var second = try ask("once more: ", what: what, otherwise: otherwise)
    defer { second.erase() }
    guard first == second else {
      throw Unusable(description: "the two \(what)s differ: nothing was made")
    }
    return first
  }

  private static func say(_ text: String, to terminal: Int32) {
    let bytes = Array(text.utf8)
    _ = unsafe Glibc.write(terminal, bytes, bytes.count)
  }
}

/// Binary output.
enum StandardOutput {
  static func write(_ bytes: Span<UInt8>) throws {
    try unsafe bytes.withUnsafeBytes { raw in
      var done = 0
      while done < raw.count {
        let count = unsafe Glibc.write(STDOUT_FILENO, raw.baseAddress! + done, raw.count - done)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          throw Unusable(
            description: "cannot write to standard output: \(unsafe String(cString: strerror(errno)))")
        }
        done += count
      }
    }
  }
}
