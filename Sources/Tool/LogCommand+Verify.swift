// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletLifecycle
import MartletLog

extension LogCommand {
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Recompute the whole log and check its signature.",
      discussion: """
        Reads every file, hashes every entry, recomputes the tree and checks the signed checkpoint. Says which entry is \
        affected when a single byte is not as it was signed.

        The log must also begin with what witnesses have signed (martlet log cosign). With --witness, enough of them must have \
        signed; the answer says up to which entry.

        Exit status: 0 intact; 1 something was changed, or too few witnesses have signed; 2 it could not be read.

        EXAMPLES
          martlet log verify
          martlet log verify --witness partner.pub --witness auditor.pub --quorum 1
          martlet log verify --log copy/of/log --key log.pub --format json
        """)

    @OptionGroup var place: Place

    @OptionGroup var witnesses: Witnesses

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    private struct Document: Encodable {
      struct Seen: Encodable {
        let witness: String
        let time: Date
      }

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
      /// The entries before it are those that witnesses have signed for; nil without `--witness`.
      let witnessedEntries: UInt64?
      let cosignatures: [Seen]?
      let witnessProblem: String?
    }

    /// What the named witnesses say, or why that is too little.
    private struct Witnessed {
      var entries: UInt64?
      var cosignatures: [Cosignature] = []
      var refusal: LogError?
    }

    func run() throws {
      let (directory, key) = try place.open()
      var report = try verify(directory, key)
      if report.hasOnlyStrays, place.log == nil, place.publicKey.key == nil, Store.clearLog(Home.standard()) {
        report = try verify(directory, key)
      }
      let witnessed = try look(at: LogReader(directory: directory, key: key), report)
      if format == .json {
        try Terminal.document(document(report, witnessed))
      } else {
        show(report, witnessed)
      }
      if !report.isIntact || witnessed.refusal != nil { throw Exit.refused }
    }

    private func look(at reader: LogReader, _ report: LogReport) throws -> Witnessed {
      let policy = try witnesses.policy()
      guard report.isIntact, !policy.witnesses.isEmpty else { return Witnessed() }
      do throws(LogError) {
        guard let cosigned = try reader.cosigned() else {
          throw .tooFewCosignatures(wanted: policy.quorum, found: [])
        }
        let cosignatures = try policy.check(cosigned)
        return Witnessed(entries: cosigned.checkpoint.size, cosignatures: cosignatures)
      } catch {
        return Witnessed(refusal: error)
      }
    }

    private func verify(_ directory: String, _ key: LogVerifierKey) throws -> LogReport {
      defer { Terminal.clearProgress() }
      return try LogVerification.run(directory: directory, key: key) { done, total in
        Terminal.progress("log: \(done) of \(total) entries")
      }
    }

    private func document(_ report: LogReport, _ witnessed: Witnessed) -> Document {
      Document(
        intact: report.isIntact, entries: report.entriesRead, origin: report.checkpoint?.origin,
        root: report.checkpoint.map { "\($0.root)" },
        problems: report.problems.map { problem in
          Document.Problem(
            path: problem.path, entries: problem.entries.map { [$0.lowerBound, $0.upperBound] },
            message: "\(problem)")
        }, witnessedEntries: witnessed.entries,
        cosignatures: witnessed.entries.map { _ in
          witnessed.cosignatures.map {
            Document.Seen(witness: $0.witness, time: Date(timeIntervalSince1970: Double($0.time)))
          }
        }, witnessProblem: witnessed.refusal?.description)
    }

    private func show(_ report: LogReport, _ witnessed: Witnessed) {
      for problem in report.problems { Terminal.say(Terminal.paint("changed", .red) + "  \(problem)") }
      let hidden = report.problemCount - report.problems.count
      if hidden > 0 { Terminal.say("and \(hidden) more") }
      if report.isIntact, let checkpoint = report.checkpoint {
        Terminal.say(
          "\(Terminal.paint("intact", .green))  \(checkpoint.size) entries, root \(checkpoint.root), signed by "
            + checkpoint.origin)
      }
      for cosignature in witnessed.cosignatures {
        let time = Date(timeIntervalSince1970: Double(cosignature.time)).formatted(.iso8601)
        Terminal.say("seen    by \(cosignature.witness) at \(time), up to entry \(witnessed.entries ?? 0)")
      }
      if let refusal = witnessed.refusal { Terminal.say(Terminal.paint("unseen", .red) + "  \(refusal)") }
    }
  }
}
