// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletDatasets
import MartletEvidence
import MartletFiles
import MartletReport

struct DataProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Show what the columns of a dataset have in them: ranges, values, what is missing.",
    discussion: """
      As text, as a page with plots, or as JSON. The JSON has the range of every column of numbers and the values of every column \
      of few: what a server can hold requests against.

      Exit status: 0 written; 2 it could not be done.

      EXAMPLES
        martlet data profile train.csv
        martlet data profile train.csv --format html -o train.html
        martlet data profile train.npz --format json -o train.profile.json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  @Argument(help: "The data.", completion: .file())
  var data: String

  @OptionGroup var reading: DataOptions

  @Option(help: "text, json or html.")
  var format: Format = .text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write it here instead of to standard output.", valueName: "file"), completion: .file()
  )
  var output: String?

  func validate() throws { if let output { try DataCommands.checkFolder(of: output) } }

  func run() throws {
    let profile = try DataProfile(data, options: reading.reading, progress: DataCommands.progress("reading"))
    Terminal.clearProgress()
    switch format {
    case .json: try write(String(decoding: profile.encoded(), as: UTF8.self) + "\n")
    case .html: try write(profile.page.html())
    case .text:
      guard output == nil else { throw ValidationError("--output goes with --format html or json") }
      say(profile)
    }
  }

  private func write(_ text: String) throws {
    guard let output else { return Terminal.raw(text) }
    try DurableFile.replace(output, with: Array(text.utf8).span)
    Terminal.say("written   \(output)")
  }

  private func say(_ profile: DataProfile) {
    Terminal.say("\(profile.rows) rows of \(profile.columns.count) columns, digest \(profile.digest.hex)")
    let width = min(28, profile.columns.map(\.name.count).max() ?? 0)
    for column in profile.columns.prefix(100) {
      let name = column.name.count > width ? column.name.prefix(width - 1) + "…" : column.name[...]
      var words = "\(column.type)"
      if let low = column.low, let high = column.high, let mean = column.mean {
        words += ", \(LinePlot.short(low)) to \(LinePlot.short(high)), mean \(LinePlot.short(mean))"
      }
      if let values = column.values {
        let shown = values.prefix(4).map { "\($0.value) \($0.count)" }.joined(separator: ", ")
        words +=
          "; \(values.count) value\(values.count == 1 ? "" : "s"): \(shown)\(values.count > 4 ? ", …" : "")"
      }
      if column.missing > 0 { words += "; \(column.missing) missing" }
      Terminal.say(name + String(repeating: " ", count: max(0, width - name.count)) + "  " + words)
    }
    if profile.columns.count > 100 { Terminal.say("and \(profile.columns.count - 100) more columns") }
    for remark in profile.remarks.prefix(20) { Terminal.say("note      \(remark.column): \(remark.remark)") }
  }
}
