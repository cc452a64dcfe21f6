// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletLifecycle
import MartletLog

extension LogCommand {
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Print entries in the form that another system reads, one a line.",
      discussion: """
        json is the entry with its place and its hash; cef is ArcSight's Common Event Format; ocsf is the Open Cybersecurity \
        Schema Framework 1.9.0; syslog is RFC 5424. Each line has the entry's number and its hash in the log's tree, so \
        that it can be proved later (martlet log prove).

        EXAMPLES
          martlet log export --format ocsf > log.ocsf.jsonl
          martlet log export --format cef --from 1200
        """)

    @OptionGroup var place: Place

    @Option(help: "json, cef, ocsf or syslog.")
    var format: ExportFormat

    @Option(help: "The number of the first entry.")
    var from: UInt64 = 0

    func run() throws {
      var snapshot = try place.reader().snapshot()
      let checkpoint = snapshot.checkpoint
      guard from <= checkpoint.size else {
        throw LogError.noSuchEntry(index: from, size: checkpoint.size)
      }
      try snapshot.forEachEntry(in: from..<checkpoint.size) { (index, entry) throws(LogError) in
        Terminal.say(
          ExportedRecord(origin: checkpoint.origin, index: index, entry: entry).line(as: format))
      }
    }
  }

  struct Follow: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "follow",
      abstract: "Print entries as they come, until it is interrupted.",
      discussion: """
        Looks once a second. Ends with an error when the log does not begin any more with what was read before.

        EXAMPLES
          martlet log follow
          martlet log follow --from 0 --format syslog | logger-of-yours
        """)

    @OptionGroup var place: Place

    @Option(help: "json, cef, ocsf or syslog (default: text for people).")
    var format: ExportFormat?

    @Option(help: "The number of the first entry (default: those that are still to come).")
    var from: UInt64?

    func run() throws {
      var tail = try LogTail(place.reader(), from: from)
      while true {
        while let (index, entry) = try tail.next() {
          let exported = ExportedRecord(origin: tail.checkpoint.origin, index: index, entry: entry)
          Terminal.say(format.map { exported.line(as: $0) } ?? LogCommand.line(exported.record, index))
        }
        sleep(1)
      }
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}
