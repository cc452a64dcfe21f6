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
    abstract: "Check and read the tamper-evident log.",
    subcommands: [Verify.self, Show.self])

  /// The log to look at: the store's, or a copy of one with its public key.
  struct Place: ParsableArguments {
    @Option(
      help: ArgumentHelp("A log's directory (default: the store's).", valueName: "dir"),
      completion: .directory)
    var log: String?

    @Option(
      help: ArgumentHelp("The log's public key file (default: the store's log.pub).", valueName: "file"),
      completion: .file())
    var key: String?

    func open() throws -> (directory: String, key: LogVerifierKey) {
      let home = Home.standard()
      let keyFile = key ?? home.logVerifierKey
      guard let text = try WholeFile.read(keyFile, atMost: 1 << 16) else {
        throw ValidationError("there is no log's public key at \(keyFile): has anything been recorded yet?")
      }
      let line = String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      return (log ?? home.log, try LogVerifierKey(line))
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Recompute the whole log and check its signature.",
      discussion: """
        Reads every file, hashes every entry, recomputes the tree and checks the signed checkpoint. Says which entry is
        affected when a single byte is not as it was signed.

        Exit status: 0 intact; 1 something was changed; 2 it could not be read.

        EXAMPLES
          martlet log verify
          martlet log verify --log copy/of/log --key log.pub --format json
        """)

    @OptionGroup var place: Place

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    private struct Document: Encodable {
      struct Problem: Encodable {
        let path: String
        let entries: [UInt64]?
        let message: String
      }

      let intact: Bool
      let entries: UInt64
      let origin: String?
      let root: String?
      let problems: [Problem]
    }

    func run() throws {
      let (directory, key) = try place.open()
      var report = try verify(directory, key)
      if report.hasOnlyStrays, place.log == nil, place.key == nil, Store.clearLog(Home.standard()) {
        report = try verify(directory, key)
      }
      if format == .json { try Terminal.document(document(report)) } else { show(report) }
      if !report.isIntact { throw Exit.refused }
    }

    private func verify(_ directory: String, _ key: LogVerifierKey) throws -> LogReport {
      defer { Terminal.clearProgress() }
      return try LogVerification.run(directory: directory, key: key) { done, total in
        Terminal.progress("log: \(done) of \(total) entries")
      }
    }

    private func document(_ report: LogReport) -> Document {
      Document(
        intact: report.isIntact, entries: report.entriesRead, origin: report.checkpoint?.origin,
        root: report.checkpoint.map { "\($0.root)" },
        problems: report.problems.map { problem in
          Document.Problem(
            path: problem.path, entries: problem.entries.map { [$0.lowerBound, $0.upperBound] },
            message: "\(problem)")
        })
    }

    private func show(_ report: LogReport) {
      for problem in report.problems { Terminal.say(Terminal.paint("changed", .red) + "  \(problem)") }
      let hidden = report.problemCount - report.problems.count
      if hidden > 0 { Terminal.say("and \(hidden) more") }
      if report.isIntact, let checkpoint = report.checkpoint {
        Terminal.say(
          "\(Terminal.paint("intact", .green))  \(checkpoint.size) entries, root \(checkpoint.root), signed by "
            + checkpoint.origin)
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print entries of the log.",
      discussion: """
        EXAMPLES
          martlet log show
          martlet log show --last 5 --format json
        """)

    @OptionGroup var place: Place

    @Option(help: "How many entries from the end.")
    var last: UInt64 = 20

    @Option(help: "text or json (one entry a line).")
    var format: OutputFormat = .text

    func run() throws {
      let (directory, key) = try place.open()
      let reader = LogReader(directory: directory, key: key)
      let size = try reader.checkpoint().size
      let start = size - min(size, last)
      for (offset, entry) in try reader.entries(in: start..<size).enumerated() {
        if format == .json {
          Terminal.say(String(decoding: entry, as: UTF8.self))
        } else {
          Terminal.say(line(entry, start + UInt64(offset)))
        }
      }
    }

    private func line(_ entry: [UInt8], _ index: UInt64) -> String {
      guard let record = try? Record(entry: entry) else { return "\(index)  an entry that is not Martlet's" }
      let subject = [record.model, record.digest?.short].compactMap { $0 }.joined(separator: " ")
      let reason = record.reason.map { ": \($0)" } ?? ""
      return
        "\(index)  \(record.time.formatted(.iso8601))  \(record.action) \(record.outcome)  \(subject) by \(record.principal)\(reason)"
    }
  }
}
