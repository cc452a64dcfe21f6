// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletBytes
import MartletEvidence
import MartletFiles
import MartletGuard
import MartletLifecycle
import MartletRuntime
import MartletTheft

struct GuardCalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Learn what a model's customers ask, from data that it was not trained on.",
    discussion: """
      Measures how far each held-out row is from known ones, in the input and in the last layer before the logits, and how sure \
      the model is of it, and writes thresholds that the guard in front of the model holds queries against. The more rows, the \
      sooner it notices: 600 are good, 80 the least.

      An npz file has x_test or x: those are held out. With x_train in it, distances are measured from those rows, and otherwise \
      from half of the held-out ones. A CSV table has them as its rows, without the column with the classes.

      Ranges and categories of what is answered are those of the rows, and somewhat more. With --profile they are those of a whole \
      dataset, as `martlet data profile --format json` wrote it: a column for each feature, or an array of the model's shape.

      `martlet guard keep` gives what is written to the server. Keep it to yourself otherwise: who has it knows what the guard does not see.

      Exit status: 0 written; 2 it could not be done.

      EXAMPLES
        martlet guard calibrate digits.onnx --data digits.npz -o guard.json
        martlet guard calibrate model/ --data held-out.npz --slack 0.1 -o guard.json
        martlet guard calibrate model.onnx --data d.npz --profile train.profile.json -o guard.json
      """)

  @Argument(help: "The model: an ONNX file, or a directory with one.", completion: .file())
  var model: String

  @Option(
    help: ArgumentHelp("An npz file with x_test or x, or a CSV table.", valueName: "file"),
    completion: .file(extensions: ["npz", "csv"]))
  var data: String

  @Option(help: ArgumentHelp("The column of a table with the classes.", valueName: "column"))
  var label: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where the calibration goes.", valueName: "file"),
    completion: .file())
  var output: String

  @Option(
    help: ArgumentHelp(
      "What `data profile --format json` wrote, for ranges and categories (default: those of the rows).",
      valueName: "file"), completion: .file(extensions: ["json"]))
  var profile: String?

  @Option(help: "By how much more often than these rows customers' may stand out, as a share of all.")
  var slack = 0.05

  @Option(help: "How many rows distances are measured from.")
  var references = 512

  @Option(help: "For a calibration that can be made again (default: one that nobody knows).")
  var seed: UInt64?

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    struct Threshold: Encodable {
      let channel: String
      let oneIn: Int
      let score: Float
      let rate: Double
    }

    let output: String
    let model: String
    let rows: Int
    let layer: String?
    let doubt: Double
    let thresholds: [Threshold]
  }

  func validate() throws {
    guard (0..<1).contains(slack) else {
      throw ValidationError("--slack must be from 0 to 1, found \(slack)")
    }
    guard (1...Limits.guardReferences).contains(references) else {
      throw ValidationError("--references must be from 1 to \(Limits.guardReferences), found \(references)")
    }
  }

  func run() throws {
    let (artifact, file) = try AssessedModel.runnableFile(of: model)
    let queries = try GuardQueries(data, label: label)
    let heldOut = try queries.needed("x_test", "x")
    let known = try queries.rows("x_train")
    let victim = try Victim(file, wantsLayer: true, library: RuntimeLibrary.open())
    let shape = Array(heldOut.shape.dropFirst())
    let rows = try victim.rows(heldOut)
    let knownRows = try known.map { try victim.rows($0) }
    let names = queries.featureNames(shape.reduce(1, *))
    let seen = InputProfile(of: rows.inputs + (knownRows?.inputs ?? []), shape: shape, names: names)
    let profile =
      try self.profile.map { path in
        try seen.widened(by: ProfiledData(path).columns, path: path)
      } ?? seen
    let calibration = try GuardCalibration(
      .init(
        model: artifact.manifest.root.hex, input: victim.input, layer: victim.layer, output: victim.output,
        profile: profile, names: try victim.classNames(heldOut)),
      heldOut: rows, known: knownRows,
      options: .init(slack: slack, seed: seed ?? .random(in: .min ... .max), references: references))
    try DurableFile.replace(output, with: calibration.json().span, mode: 0o600)
    let channels = DetectionChannel.allCases.filter { calibration.thresholds[$0] != nil }
    guard format == .text else {
      return try Terminal.document(
        Document(
          output: output, model: calibration.model, rows: calibration.rows, layer: calibration.layer,
          doubt: calibration.doubtOfAll,
          thresholds: channels.flatMap { channel in
            (calibration.thresholds[channel] ?? []).map {
              .init(channel: channel.name, oneIn: $0.oneIn, score: $0.score, rate: $0.rate)
            }
          }))
    }
    Terminal.say("calibrated on \(calibration.rows) rows  \(output)")
    for channel in channels {
      let rates = (calibration.thresholds[channel] ?? []).map { threshold in
        "1 in \(threshold.oneIn) above \(threshold.score)"
      }
      Terminal.say(
        "\(channel.name.padding(toLength: 8, withPad: " ", startingAt: 0))  \(rates.joined(separator: ", "))")
    }
    if calibration.layer == nil {
      Terminal.say("note      the model has no layer before its logits to look at")
    }
    Terminal.say(
      "note      the bound on false flags fails for at most \(String(format: "%.1f", calibration.doubtOfAll * 100)) % of such calibrations"
    )
  }
}
