// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletFiles
import MartletLifecycle
import MartletRegistry
import MartletReport
import MartletTheft

struct AssessTheftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theft",
    abstract: "Measure what it costs to steal a classifier by asking it.",
    discussion: """
      Copies the model from its answers alone, and counts the questions until the copy answers 90, 95 and 99 of a hundred other \
      inputs as the model does. Copies have the model's own architecture where it can be trained, and a small network otherwise.

      attacks   natural   inputs like a customer's
                mixup     mixtures of 50 inputs
                jacobian  50 inputs, and steps along the copy's slope
                noise     random numbers
                A linear model is solved for its weights as well.
      answers   full, rounded (one digit), top (the best class, two digits), label

      An npz file has x_test and y_test, or x and y; with x_train in it, that is what a thief has, and half of the rows otherwise. \
      Where the store has the model, an assessment by all attacks on all forms of answers is kept as evidence.

      Exit status: 0 measured; 2 it could not be done.

      EXAMPLES
        martlet assess theft digits.onnx --data digits.npz
        martlet assess theft digits.onnx --data digits.npz --attacks natural,noise --answers label --queries 1600
        martlet assess theft model/ --data test.npz --max-time 300 --format html -o theft.html
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  @Argument(help: "The model: an ONNX file, or a directory with one.", completion: .file())
  var model: String

  @Option(
    help: ArgumentHelp("An npz file with x_test and y_test, or x and y; or a CSV table.", valueName: "file"),
    completion: .file(extensions: ["npz", "csv"]))
  var data: String

  @Option(help: ArgumentHelp("Only these attacks, with commas between them.", valueName: "names"))
  var attacks: String?

  @Option(help: ArgumentHelp("Only these forms of answers, with commas between them.", valueName: "names"))
  var answers: String?

  @Option(help: "How many questions a thief asks at most.")
  var queries = 800

  @Option(help: "How many thieves try each way.")
  var seeds = 3

  @Option(help: "The same seed gives the same result.")
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("Begin nothing new after so many seconds.", valueName: "seconds"))
  var maxTime: Double?

  @Option(help: "Copies that learn at once (default: one for each core).")
  var threads: Int?

  @Option(help: "text, json or html.")
  var format: Format = .text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the report here instead of to standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  private var order: TheftOrder {
    get throws {
      TheftOrder(
        attacks: try Self.chosen(attacks, "--attacks", TheftAttack.allCases),
        forms: try Self.chosen(answers, "--answers", AnswerForm.allCases), queries: queries, seeds: seeds,
        seed: seed, maxSeconds: maxTime)
    }
  }

  private static func chosen<Choice: RawRepresentable<String> & Equatable>(
    _ names: String?, _ option: String, _ all: [Choice]
  ) throws -> [Choice] {
    guard let names else { return all }
    let words = names.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    if let unknown = words.first(where: { Choice(rawValue: $0) == nil }) ?? (words.isEmpty ? "" : nil) {
      throw ValidationError(
        "\(option): expected one of \(all.map(\.rawValue).joined(separator: ", ")); found '\(unknown)'")
    }
    return all.filter { words.contains($0.rawValue) }
  }

  func validate() throws {
    _ = try order
    guard (10...1_000_000).contains(queries) else {
      throw ValidationError("--queries must be from 10 to 1000000, found \(queries)")
    }
    guard (1...100).contains(seeds) else {
      throw ValidationError("--seeds must be from 1 to 100, found \(seeds)")
    }
    guard maxTime.map({ $0 > 0 }) ?? true else {
      throw ValidationError("--max-time must be above 0 seconds, found \(maxTime ?? 0)")
    }
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1, found \(threads)") }
    // A long run must not end in a folder that is not there.
    if let output {
      let folder = URL(fileURLWithPath: output).deletingLastPathComponent().path
      guard FileManager.default.isWritableFile(atPath: folder) else {
        throw ValidationError(
          "expected a folder that can be written to for \(output), found none at \(folder)")
      }
    }
  }

  func run() throws {
    let found = try TheftFindings(path: model, data: data, order: try order, threads: threads) { done, all in
      Terminal.progress("stealing: \(done) of \(all) thieves are done")
    }
    Terminal.clearProgress()
    let evidence = try evidence(of: found)
    switch format {
    case .text: try write(TheftListing(found, evidence: evidence).text)
    case .json:
      let document = TheftDocument(found, evidence: evidence)
      try write(String(decoding: document.encoded(), as: UTF8.self) + "\n")
    case .html:
      let facts = [
        ("model", found.digest.hex), ("data", found.data.hex), ("Martlet", MartletVersion.text),
      ]
      try write(found.report.page(model: found.name, facts: facts).html())
    }
  }

  private func write(_ text: String) throws {
    guard let output else { return Terminal.raw(text) }
    try DurableFile.replace(output, with: Array(text.utf8).span)
  }

  /// A store is not made for this.
  private func evidence(of found: TheftFindings) throws -> StoredEvidence? {
    guard (try? Store.reading(.standard())) != nil else { return nil }
    return try Lifecycle(store: try Store(.standard())).keep(found)
  }
}
