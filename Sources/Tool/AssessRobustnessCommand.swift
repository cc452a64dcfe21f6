// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletFiles
import MartletFormats
import MartletLifecycle
import MartletRegistry
import MartletReport
import MartletRobustness

extension AttackPlan: ExpressibleByArgument {}
extension Norm: ExpressibleByArgument {}

struct AssessRobustnessCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  static let configuration = CommandConfiguration(
    commandName: "robustness",
    abstract: "Try to fool a classifier with changed inputs, and say how far the answer can be believed.",
    discussion: """
      Attacks an ONNX model white-box: the gradient is made from the file itself, without the framework that made it. Each \
      attack of the plan works on the examples that the ones before could not fool; an example counts as robust only when \
      all of them failed. Every input that fools the model is given to the original model again.

      fast      shorter searches at a tenth of the cost \
      standard  AutoAttack: APGD-CE, APGD-T, FAB-T, Square \
      plus      also five restarts of both untargeted losses, and FAB without targets \
      rand      for models that answer at random \
      pgd, fgsm 40 steps along the slope, and one: weak, to compare with what others report \
      deepfool  the way to the nearest border as if borders were straight \
      cw        Carlini and Wagner's search for the smallest change, with --norm l2 \
      blackbox  Square and HopSkipJump: what whoever sees no slopes can do

      A table has a schema (`martlet data schema`): types, bounds, units, one-hot groups, what may change and what must hold between \
      features. With --schema only changes that keep to it count (fast: CAPGD and a short genetic search; standard: both longer), \
      and the cheapest of them is shown for each row in its own units.

      Checks on the attacks themselves end in one word: reliable, suspect or unreliable. \
      Where the store has the model, the result is kept as evidence.

      Exit status: 0 measured; 2 it could not be done.

      EXAMPLES
        martlet assess robustness digits.onnx --data digits.npz --radius 0.1
        martlet assess robustness digits.onnx --data digits.npz --radius 0.1 --attack standard --format html -o report.html
        martlet assess robustness mlp.onnx --data test.npz --radius 0.5 --norm l2 --save fooled.npz --format json
        martlet assess robustness digits.onnx --data digits.npz --radius 0.05,0.1,0.15 --format html -o sweep.html
        martlet assess robustness digits.onnx --data digits.npz --radius 0.2 --target 3
        martlet assess robustness large.onnx --data test.npz --radius 0.03 --attack plus --resume large.work
        martlet assess robustness credit.onnx --data credit.csv --label risk --classes good,bad --schema schema.yaml --radius 0.1
      """)

  @Argument(help: "The model: an ONNX file, or a directory with one.", completion: .file())
  var model: String

  @Option(
    help: ArgumentHelp(
      "An npz file with x_test and y_test, or x and y; or a CSV file with a column of labels.",
      valueName: "file"),
    completion: .file(extensions: ["npz", "csv"]))
  var data: String

  @Option(
    help: ArgumentHelp(
      "The column of the CSV file with the right classes (default: label, target, y or class).",
      valueName: "column"))
  var label: String?

  @Option(
    help: ArgumentHelp(
      "What stands in that column for class 0, 1 and so on, with commas between (default: numbers from 0).",
      valueName: "names"))
  var classes: String?

  @Option(
    help: ArgumentHelp("What the rows of a table may be: see `martlet data schema`.", valueName: "yaml"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var schema: String?

  @Option(
    help: ArgumentHelp(
      "How far an input may be changed: of each value in the maximum norm, as a fraction of its range. Several, parted by commas, are each tried.",
      valueName: "radius"))
  var radius: Radii

  @Option(help: "The plan of attacks.")
  var attack: AttackPlan = .fast

  @Option(
    help:
      "How a change is measured: linf is the largest change of a value, l2 the root of the sum of squares.")
  var norm: Norm = .linf

  @Option(
    help: ArgumentHelp(
      "What the model is to be made to say: a class, or `least` for the one it holds least likely (default: anything wrong).",
      valueName: "class"))
  var target: WantedAnswer?

  @Option(
    help: ArgumentHelp(
      "Slopes that are averaged at each point, for a model that answers at random (default: 1, for rand 20).",
      valueName: "count"))
  var samples: Int?

  @Option(help: "The same seed gives the same result.")
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("Begin no new attack after so many seconds.", valueName: "seconds"))
  var maxTime: Double?

  @Option(
    help: ArgumentHelp(
      "Keep what is found in this file while it is found, and go on from there when a run was stopped. It is removed when all is done.",
      valueName: "file"), completion: .file())
  var resume: String?

  @Option(help: "Threads (default: one for each core).")
  var threads: Int?

  @Option(help: "Examples that are run together (default: by their size).")
  var batch: Int?

  @Option(help: ArgumentHelp("Memory that a batch may take.", valueName: "MiB"))
  var memory: Int = 1024

  @Option(help: "text, json or html.")
  var format: Format = .text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the report here instead of to standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp("Keep the inputs that fooled the model: x, y, row and answer.", valueName: "npz"),
    completion: .file())
  var save: String?

  func validate() throws {
    let isBounded = norm == .linf && schema == nil
    let most = radius.values.max() ?? 0
    guard radius.values.allSatisfy({ $0 > 0 && $0.isFinite }), !isBounded || most <= 1 else {
      throw ValidationError("--radius must be above 0\(isBounded ? " and at most 1" : ""), found \(radius)")
    }
    if schema != nil {
      guard attack == .fast || attack == .standard else {
        throw ValidationError("--attack must be fast or standard with --schema, found \(attack.rawValue)")
      }
      guard target == nil, radius.values.count == 1 else {
        throw ValidationError("--schema takes one radius and no --target")
      }
    }
    guard attack != .cw || norm == .l2 else {
      throw ValidationError("--attack cw is one in L2: use it with --norm l2")
    }
    guard maxTime.map({ $0 > 0 }) ?? true else {
      throw ValidationError("--max-time must be above 0 seconds, found \(maxTime ?? 0)")
    }
    // A long run must not end in a folder that is not there.
    for file in [output, save, resume].compactMap({ $0 }) {
      let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
      guard FileManager.default.isWritableFile(atPath: folder) else {
        throw ValidationError("expected a folder that can be written to for \(file), found none at \(folder)")
      }
    }
    for (name, value) in [
      ("--threads", threads), ("--batch", batch), ("--memory", memory), ("--samples", samples),
    ] {
      if let value, !(1...1_000_000).contains(value) {
        throw ValidationError("\(name) must be from 1 to 1000000, found \(value)")
      }
    }
  }

  func run() throws {
    let attack = AttackOrder(
      plan: attack, norm: norm, radii: radius.values, goal: target?.goal, samples: samples, seed: seed,
      seconds: maxTime)
    let order = AssessOrder(
      path: model, data: data, label: label,
      classes: classes?.split(separator: ",", omittingEmptySubsequences: false).map(String.init),
      schema: schema, attack: attack, journal: resume,
      options: .init(threads: threads, batch: batch, memory: memory << 20))
    var left = TimeLeft()
    let assessed = try AssessedModel(order) { step in
      let share = step.total > 0 ? 100 * step.done / step.total : 100
      let time = left.words(step.step, done: step.done, total: step.total)
      Terminal.progress("\(step.step): \(step.done) of \(step.total) examples, \(share) %\(time)")
    }
    Terminal.clearProgress()
    if let save { try keep(assessed, in: save) }
    let evidence = try evidence(of: assessed)
    let document = RobustnessDocument(assessed, evidence: evidence)
    switch format {
    case .text: try write(RobustnessListing(assessed, evidence: evidence).text)
    case .json: try write(String(decoding: document.encoded(), as: UTF8.self) + "\n")
    case .html:
      let facts =
        [("model", assessed.digest.hex), ("data", assessed.data.hex)]
        + (assessed.schema.map { [("schema", $0.hex)] } ?? []) + [("Martlet", MartletVersion.text)]
      try write(
        assessed.report.page(model: assessed.name, inputs: assessed.inputs, facts: facts).html())
    }
    // Only now that the result is where it was wanted. What the time was too short for can be gone on with.
    if let resume, assessed.report.isComplete { try FileManager.default.removeItem(atPath: resume) }
  }

  private func write(_ text: String) throws {
    guard let output else { return Terminal.raw(text) }
    try DurableFile.replace(output, with: Array(text.utf8).span)
  }

  /// A store is not made for this.
  private func evidence(of assessed: AssessedModel) throws -> StoredEvidence? {
    guard (try? Store.reading(.standard())) != nil else { return nil }
    return try Lifecycle(store: try Store(.standard())).keep(assessed)
  }

  private func keep(_ assessed: AssessedModel, in file: String) throws {
    let report = assessed.report
    let fooled = report.adversarialPlaces.map { report.examples[$0] }
    let archive = NumpyArchive.encoded([
      WrittenArray(
        "x", float32: report.adversarials.flatMap { $0 }, shape: [fooled.count] + assessed.shape),
      WrittenArray("y", int64: fooled.map(\.label)),
      WrittenArray("row", int64: fooled.map { Int64($0.row) }),
      WrittenArray("answer", int64: fooled.map { $0.answer ?? -1 }),
    ])
    try DurableFile.replace(file, with: archive.span)
  }
}

/// Radii as people write them: `0.1` or `0.05,0.1,0.2`.
struct Radii: ExpressibleByArgument, CustomStringConvertible {
  let values: [Float]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { Float($0.trimmingCharacters(in: .whitespaces)) }
    guard values.count == parts.count, (1...100).contains(values.count) else { return nil }
    self.values = values
  }

  var description: String { values.map { "\($0)" }.joined(separator: ",") }
}

/// A class by its number, or `least`.
struct WantedAnswer: ExpressibleByArgument {
  let goal: Goal

  init?(argument: String) {
    if argument == "least" {
      goal = .leastLikely
    } else if let label = Int64(argument), label >= 0 {
      goal = .label(label)
    } else {
      return nil
    }
  }
}
