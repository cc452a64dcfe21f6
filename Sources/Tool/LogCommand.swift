// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletFiles
import MartletLifecycle
import MartletLog

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Check, read and export the tamper-evident log.",
    subcommands: [
      Verify.self, Show.self, Search.self, Prove.self, CheckProof.self, Export.self, Follow.self, Cosign.self,
    ])

  /// The log to look at: the store's, or a copy of one with its public key.
  struct Place: ParsableArguments {
    @Option(
      help: ArgumentHelp("A log's directory (default: the store's).", valueName: "dir"),
      completion: .directory)
    var log: String?

    @OptionGroup var publicKey: PublicKey

    func open() throws -> (directory: String, key: LogVerifierKey) {
      (log ?? Home.standard().log, try publicKey.read())
    }

    func reader() throws -> LogReader {
      let (directory, key) = try open()
      return LogReader(directory: directory, key: key)
    }
  }

  /// The public key of the log.
  struct PublicKey: ParsableArguments {
    @Option(
      help: ArgumentHelp("The log's public key file (default: the store's log.pub).", valueName: "file"),
      completion: .file())
    var key: String?

    func read() throws -> LogVerifierKey {
      let file = key ?? Home.standard().logVerifierKey
      guard let line = try LogCommand.keyLine(in: file) else {
        throw ValidationError("there is no log's public key at \(file): has anything been recorded yet?")
      }
      return try LogVerifierKey(line)
    }
  }

  /// Whose signatures are asked for, beside the log's own.
  struct Witnesses: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "A witness's public key, as text or in a file; may be given several times.", valueName: "key"),
      completion: .file())
    var witness: [String] = []

    @Option(help: "How many of the witnesses must have signed (default: all).")
    var quorum: Int?

    func policy() throws -> WitnessPolicy {
      try WitnessPolicy(witness.map(LogCommand.witnessKey), quorum: quorum)
    }
  }

  static func witnessKey(_ argument: String) throws -> WitnessVerifierKey {
    try WitnessVerifierKey(keyLine(in: argument) ?? argument)
  }

  /// The one line of a key file, or nil where there is no file.
  static func keyLine(in file: String) throws -> String? {
    guard let text = try WholeFile.read(file, atMost: 1 << 16) else { return nil }
    return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A record for people.
  static func line(_ record: Record?, _ index: UInt64) -> String {
    guard let record else { return "\(index)  an entry that is not Martlet's" }
    let subject = [record.model, record.digest?.short].compactMap { $0 }.joined(separator: " ")
    let reason = record.reason.map { ": \($0)" } ?? ""
    return
      "\(index)  \(record.time.formatted(.iso8601))  \(record.action) \(record.outcome)  \(subject) by \(record.principal)\(reason)"
  }
}
