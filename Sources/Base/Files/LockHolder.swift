// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

/// Who holds a ``FileLock``, as it wrote itself into the lock file. Only for messages: the file is no proof.
package struct LockHolder: Equatable, Sendable {
  package let process: Int32
  package let command: String
  /// When it took the lock, in UTC.
  package let since: String

  /// This process, now.
  static func current() -> LockHolder {
    LockHolder(process: getpid(), command: currentCommand(), since: currentTime())
  }

  init(process: Int32, command: String, since: String) {
    self.process = process
    self.command = command
    self.since = since
  }

  /// Reads the text of a lock file. Nil for anything that is not three plain lines.
  init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let isPlain = text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value < 0x7F }
    guard isPlain, lines.count == 4, lines[3].isEmpty, let process = Int32(lines[0]), process > 0 else {
      return nil
    }
    self.init(process: process, command: String(lines[1]), since: String(lines[2]))
  }

  var text: String { "\(process)\n\(command)\n\(since)\n" }

  /// The program and its verb, such as `martlet protect`; never an argument that could be a secret.
  private static func currentCommand() -> String {
    let words = CommandLine.arguments
    let program = words.first?.split(separator: "/").last.map(String.init) ?? "unknown"
    let isLetter = { (byte: UInt8) in byte >= 0x61 && byte <= 0x7A }
    let verb = words.dropFirst().first.flatMap { $0.utf8.allSatisfy(isLetter) ? $0 : nil }
    let command = ([program] + (verb.map { [$0] } ?? [])).joined(separator: " ")
    return String(
      String.UnicodeScalarView(command.unicodeScalars.filter { $0.value >= 0x20 && $0.value < 0x7F }))
  }

  private static func currentTime() -> String {
    var now = time(nil)
    var parts = unsafe tm()
    unsafe gmtime_r(&now, &parts)
    let date = unsafe [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday].map(twoDigits)
    let clock = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map(twoDigits)
    return date.joined(separator: "-") + " " + clock.joined(separator: ":") + " UTC"
  }

  private static func twoDigits(_ value: Int32) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }
}

extension LockHolder: CustomStringConvertible {
  package var description: String { "process \(process) (\(command)) since \(since)" }
}
