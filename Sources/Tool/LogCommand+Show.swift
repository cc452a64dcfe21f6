// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletLifecycle
import MartletLog

extension LogCommand {
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
      var snapshot = try place.reader().snapshot()
      let size = snapshot.checkpoint.size
      try snapshot.forEachEntry(in: size - min(size, last)..<size) { (index, entry) throws(LogError) in
        if format == .json {
          Terminal.say(String(decoding: entry, as: UTF8.self))
        } else {
          Terminal.say(LogCommand.line(try? Record(entry: entry), index))
        }
      }
    }
  }

  struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "search",
      abstract: "Find entries of the log.",
      discussion: """
        Reads the whole log, checks every entry against the signed checkpoint, and prints those that fit everything asked \
        for. An action stands for those below it too: serve is also serve.predict.

        EXAMPLES
          martlet log search --model digits --outcome refused
          martlet log search --principal local:1000 --since 2026-11-01T00:00:00Z --format json
        """)

    @OptionGroup var place: Place

    @Option(help: "An action, such as admit or serve.predict.")
    var action: String?

    @Option(help: "An outcome, such as passed or denied.")
    var outcome: String?

    @Option(help: "A principal's id.")
    var principal: String?

    @Option(help: "A model's name.")
    var model: String?

    @Option(help: "A digest, or how it begins.")
    var digest: String?

    @Option(help: "Not before this time, as 2026-11-01T00:00:00Z.", transform: LogCommand.time)
    var since: Date?

    @Option(help: "Before this time.", transform: LogCommand.time)
    var until: Date?

    @Option(help: "text or json (one entry a line).")
    var format: OutputFormat = .text

    func run() throws {
      var filter = RecordFilter()
      (filter.action, filter.outcome, filter.principal, filter.model) = (action, outcome, principal, model)
      (filter.digest, filter.since, filter.until) = (digest?.lowercased(), since, until)
      var snapshot = try place.reader().snapshot()
      try snapshot.forEachEntry(in: 0..<snapshot.checkpoint.size) { (index, entry) throws(LogError) in
        guard let record = filter.match(entry) else { return }
        Terminal.say(
          format == .json ? String(decoding: entry, as: UTF8.self) : LogCommand.line(record, index))
      }
    }
  }

  static func time(_ text: String) throws -> Date {
    guard let time = try? Date(text, strategy: .iso8601) else {
      throw ValidationError("expected a time as 2026-11-01T00:00:00Z, found \(text)")
    }
    return time
  }
}
