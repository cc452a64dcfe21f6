// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletAccess
import MartletEncrypt
import MartletLifecycle

struct UserPasswordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "password",
    abstract: "Give a person a password, or another one, and sign them out.",
    discussion: """
      12 to 256 characters of any kind. What everybody tries first is refused: common words with digits, the name, rows of \
      the keyboard. It is asked for at the terminal and not shown.

      EXAMPLES
        martlet user password anna
        printf '%s\\n' "$NEW" | martlet user password anna --stdin
      """)

  @OptionGroup var who: UserCommand.Who

  @Flag(help: "Take the password from the first line of standard input.")
  var stdin = false

  func run() throws {
    CoreDumps.forbid()
    let lifecycle = try who.lifecycle()
    var typed = try stdin ? LineInput.read("password") : ask()
    defer { typed.erase() }
    guard let password = String(validating: typed, as: UTF8.self) else {
      throw Unusable(description: "expected a password in UTF-8, found other bytes")
    }
    try lifecycle.setPassword(password, of: who.name)
    try who.say("set", "\(who.name) has a new password, and is signed out")
  }

  private func ask() throws -> [UInt8] {
    try TerminalSecret.askTwice("password: ", what: "password", otherwise: "use --stdin")
  }
}

struct UserTOTPCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "totp",
    abstract: "Want a code of an authenticator app from a person, besides the password.",
    discussion: """
      Prints a secret for the app, once, and reads from standard input the six digits that the app then shows: a secret that \
      never got there would lock the person out.

      EXAMPLES
        martlet user totp anna
        martlet user totp anna --remove
      """)

  @OptionGroup var who: UserCommand.Who

  @Flag(help: "Want no code any more.")
  var remove = false

  func run() throws {
    CoreDumps.forbid()
    let lifecycle = try who.lifecycle()
    if remove {
      try lifecycle.removeTOTP(of: who.name)
      return try who.say("removed", "\(who.name) needs no code any more")
    }
    let totp = TOTP()
    switch who.format {
    case .text:
      Terminal.say("secret: \(totp.text)")
      Terminal.say("or as a QR code of: \(totp.uri(for: who.name))")
      Terminal.say("the six digits that the app shows now:")
    case .json: try Terminal.document(["secret": totp.text, "uri": totp.uri(for: who.name)])
    }
    let code = String(decoding: try LineInput.read("code"), as: UTF8.self)
    try lifecycle.setTOTP(totp, of: who.name, provedBy: code.trimmingCharacters(in: .whitespaces))
    if who.format == .text { Terminal.say("\(who.name) needs a code from now on") }
  }
}

/// One line of standard input, for what must not stand in the command line, which others on the machine can see.
enum LineInput {
  private static let longest = 4096

  /// - Parameter what: what is read, in messages.
  static func read(_ what: String) throws -> [UInt8] {
    var line: [UInt8] = []
    // Growing would leave a secret behind in the memory it grew out of.
    line.reserveCapacity(longest)
    var byte: UInt8 = 0
    while line.count < longest {
      let got = unsafe Glibc.read(STDIN_FILENO, &byte, 1)
      if got < 0, errno == EINTR { continue }
      if got != 1 || byte == UInt8(ascii: "\n") {
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard !line.isEmpty else {
          throw Unusable(description: "expected a \(what) on the first line of standard input, found none")
        }
        return line
      }
      line.append(byte)
    }
    throw Unusable(description: "a \(what) has at most \(longest) bytes")
  }
}
