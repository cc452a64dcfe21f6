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

struct WatermarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watermark",
    abstract: "Find copies of a model that learned from its answers.",
    subcommands: [WatermarkKeyCommand.self, WatermarkVerifyCommand.self])
}

struct WatermarkKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Make a key that decides which answers are changed.",
    discussion: """
      Writes 32 random bytes as hexadecimal digits, in a file that only you can read. Nothing is overwritten. Who has the key can \
      tell which answers are false.

      EXAMPLES
        martlet watermark key -o watermark.key
      """)

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where the key goes.", valueName: "file"), completion: .file())
  var output: String

  func run() throws {
    var random = SystemRandomNumberGenerator()
    let digits = (0..<32).map { _ in String(format: "%02x", UInt8.random(in: .min ... .max, using: &random)) }
    try DurableFile.create(output, with: Array((digits.joined() + "\n").utf8).span, mode: 0o600)
    Terminal.say("watermark key  \(output)")
  }
}

struct WatermarkVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Say whether a suspect learned from a model's answers.",
    discussion: """
      Of the queries that the suspect's maker asked, takes those whose answers the key changed, and counts how often the suspect \
      gives the false answer that only our server ever gave. Beside it the same count by keys that were never used, and by \
      models that have nothing to do with ours: without those the number says nothing.

      Expect few triggers: one in two hundred queries at most. With less than five, no verdict is worth much.

      Exit status: 0 no copy; 1 a copy; 2 it could not be done.

      EXAMPLES
        martlet watermark verify suspect.onnx --model ours.onnx --guard guard.json --key watermark.key --data asked.npz
        martlet watermark verify suspect.onnx --model ours.onnx --guard guard.json --key watermark.key --data asked.npz \
          --independent a.onnx --independent b.onnx
      """)

  @Argument(help: "The suspect: an ONNX file, or a directory with one.", completion: .file())
  var suspect: String

  @Option(help: ArgumentHelp("Our model.", valueName: "model"), completion: .file())
  var model: String

  @Option(
    name: .customLong("guard"), help: ArgumentHelp("What `guard calibrate` wrote for it.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var calibration: String

  @Option(help: ArgumentHelp("The key of the watermark.", valueName: "file"), completion: .file())
  var key: String

  @Option(
    help: ArgumentHelp("The queries that were asked: an npz file with x.", valueName: "npz"),
    completion: .file(extensions: ["npz"]))
  var data: String

  @Option(help: "How many keys that were never used to compare with.")
  var keys = 1_000

  @Option(
    help: ArgumentHelp("A model that has nothing to do with ours; may be repeated.", valueName: "model"),
    completion: .file())
  var independent: [String] = []

  @Option(help: "The share of answers that the server changed.")
  var share = AnswerWatermark.mostShare

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    let copy: Bool
    let queries: Int
    let triggers: Int
    let matches: Int
    let chance: Double
    let unusedKeys: Int
    let unusedKeysMean: Double
    let unusedKeysMost: Double
    let independentModels: [Double]
  }

  func validate() throws {
    guard (99...100_000).contains(keys) else {
      throw ValidationError("--keys must be from 99 to 100000, found \(keys)")
    }
    guard share > 0, share <= AnswerWatermark.mostShare else {
      throw ValidationError(
        "--share must be above 0 and at most \(AnswerWatermark.mostShare), found \(share)")
    }
  }

  func run() throws {
    let ours = try AssessedModel.runnableFile(of: model)
    let known = try GuardCalibration(json: GuardReplayCommand.read(calibration))
    guard known.model == ours.artifact.manifest.root.hex else {
      throw Unusable(
        description:
          "expected a calibration of \(ours.artifact.manifest.root.hex), found one of \(known.model)")
    }
    let secret = try AnswerWatermark.key(
      fileText: String(decoding: try GuardReplayCommand.read(key).array(), as: UTF8.self))
    let queries = try GuardQueries(data).needed("x")
    let library = try RuntimeLibrary.open()
    func labels(_ path: String) throws -> (labels: [Int], classes: Int) {
      let answers = try Victim(try AssessedModel.runnableFile(of: path).bytes, library: library).answers(
        to: queries)
      return (answers.labels, answers.classes)
    }
    let answers = try Victim(ours.bytes, library: library).answers(to: queries)
    let mark = try AnswerWatermark(key: secret, share: share, profile: known.profile)
    let others = try (0..<keys).map { _ in
      try AnswerWatermark(
        key: (0..<32).map { _ in UInt8.random(in: .min ... .max) }, share: share, profile: known.profile)
    }
    let said = try labels(suspect)
    guard said.classes == answers.classes else {
      throw Unusable(
        description: "expected a suspect with \(answers.classes) classes, found one with \(said.classes)")
    }
    let trial = try WatermarkTrial(
      mark, others: others, queries: try queries.array(of: Float.self), answers: answers.labels,
      suspect: said.labels, models: try independent.map { try labels($0).labels }, classes: answers.classes)
    let mean = trial.byKeys.reduce(0, +) / Double(max(1, trial.byKeys.count))
    if format == .json {
      try Terminal.document(
        Document(
          copy: trial.isCopy, queries: answers.count, triggers: trial.triggers, matches: trial.matches,
          chance: trial.chance, unusedKeys: trial.byKeys.count, unusedKeysMean: mean,
          unusedKeysMost: trial.byKeys.max() ?? 0, independentModels: trial.byModels))
    } else {
      Terminal.say(
        "\(trial.isCopy ? Terminal.paint("copy", .red) : "no copy")  \(trial.matches) of \(trial.triggers) false answers that only our server gave, in \(answers.count) queries"
      )
      Terminal.say(
        "by chance     \(String(format: "%.4f", trial.chance)): so many of \(trial.byKeys.count) keys that were never used do as well; their mean is \(String(format: "%.3f", mean))"
      )
      for (path, share) in zip(independent, trial.byModels) {
        Terminal.say("independent   \(String(format: "%.3f", share)) of the false answers  \(path)")
      }
      if trial.triggers < 5 {
        Terminal.say("note          fewer than five triggers: give more of the queries that were asked")
      }
    }
    if trial.isCopy { throw Exit.refused }
  }
}
