// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletDatasets

struct DataDriftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Say in which columns new data are not spread as those of a reference.",
    discussion: """
      Columns of numbers by the test of Kolmogorov and Smirnov, on at most 20,000 rows of each that are picked by their digests; an \
      array such as a picture element by element. Columns of classes, and how many values are missing, by chi-square on all rows. \
      At most the share --alpha of the columns that are called may be false alarms (Benjamini and Hochberg).

      Exit status: 0 no drift found; 1 columns drifted; 2 it could not be said.

      EXAMPLES
        martlet data drift train.csv this-week.csv
        martlet data drift train.npz new.npz --alpha 0.01 --format json
      """)

  @Argument(help: "The data to compare with.", completion: .file())
  var reference: String

  @Argument(help: "The new data.", completion: .file())
  var new: String

  @OptionGroup var reading: DataOptions

  @Option(help: "The share of false alarms among the columns that are called.")
  var alpha = 0.05

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    struct Line: Encodable {
      let column: String
      let test: String
      let statistic: Double
      let p: Double
      let adjusted: Double
      let effect: Double
      let before: String
      let now: String
      let drifted: Bool
    }

    let drifted: Int
    let alpha: Double
    let rowsBefore: Int
    let rowsNow: Int
    let tests: [Line]
    let columns: [DataChanges.ColumnChange]
  }

  func validate() throws {
    guard alpha > 0, alpha < 1 else {
      throw ValidationError("--alpha must be between 0 and 1, found \(alpha)")
    }
  }

  func run() throws {
    let drift = try DataDrift(
      from: reference, to: new, options: reading.reading, alpha: alpha,
      progress: DataCommands.progress("reading"))
    Terminal.clearProgress()
    if format == .json {
      try Terminal.document(
        Document(
          drifted: drift.drifted.count, alpha: alpha, rowsBefore: drift.rows.before, rowsNow: drift.rows.now,
          tests: drift.lines.map {
            .init(
              column: $0.column, test: $0.test.rawValue, statistic: $0.statistic, p: $0.p,
              adjusted: $0.adjusted,
              effect: $0.effect, before: $0.before, now: $0.now, drifted: $0.isDrifted)
          }, columns: drift.changes))
    } else {
      say(drift)
    }
    if !drift.isEmpty { throw Exit.refused }
  }

  private func say(_ drift: DataDrift) {
    let word = drift.isEmpty ? Terminal.paint("stable", .green) : Terminal.paint("drift", .yellow) + " "
    Terminal.say(
      "\(word)    \(drift.drifted.count) of \(drift.lines.count) tests, \(drift.rows.before) rows against \(drift.rows.now)"
    )
    var columns = DataChanges()
    columns.columns = drift.changes
    DataChangesListing(columns).say()
    for line in drift.drifted.prefix(30) {
      Terminal.say(
        "drifted   \(line.column): \(line.before), now \(line.now); \(line.test.rawValue), effect \(Self.number(line.effect)), p \(Self.number(line.adjusted)) adjusted"
      )
    }
    if drift.drifted.count > 30 { Terminal.say("drifted   and \(drift.drifted.count - 30) more") }
    if drift.sampled.before < drift.rows.before || drift.sampled.now < drift.rows.now {
      Terminal.say(
        "note      numbers of \(drift.sampled.before) and \(drift.sampled.now) rows, picked by their digests")
    }
  }

  private static func number(_ value: Double) -> String { String(format: "%.2g", value) }
}
