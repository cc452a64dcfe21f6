// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletDatasets

struct DataDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two datasets row by row and cell by cell.",
    discussion: """
      Rows are found again where others were added, removed or moved between them. Columns that only one of the two has are named, \
      and the rows compared in the others. The two may have different forms, as long as the columns have the same types.

      Exit status: 0 the same; 1 they differ; 2 it could not be said.

      EXAMPLES
        martlet data diff train-march.csv train-april.csv
        martlet data diff a.npz b.npz --format json
      """)

  @Argument(help: "The data as they were.", completion: .file())
  var before: String

  @Argument(help: "The data as they are.", completion: .file())
  var now: String

  @OptionGroup var reading: DataOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() throws {
    let changes = try DataDiff.changes(
      from: before, to: now, options: reading.reading, progress: DataCommands.progress("comparing"))
    Terminal.clearProgress()
    if format == .json {
      try Terminal.document(changes)
    } else if changes.isEmpty {
      Terminal.say("\(Terminal.paint("same", .green))      every row and every column")
    } else {
      Terminal.say(
        "\(Terminal.paint("differ", .yellow))    \(changes.changedCount) rows changed, \(changes.addedCount) added, \(changes.removedCount) removed, \(changes.movedCount) moved"
      )
      DataChangesListing(changes).say()
    }
    if !changes.isEmpty { throw Exit.refused }
  }
}
