// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletFiles
import MartletLifecycle
import MartletPrivacy
import MartletRegistry
import MartletReport

struct AssessPrivacyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "privacy",
    abstract: "Try to tell which records a model was trained on, and say what that means.",
    discussion: """
      Takes records that the model was trained on and others from the same source, as npz files with x, y and perhaps id, and attacks \
      with what is known of membership inference:

      loss, entropy    thresholds on the model's own answers \
      calibrated       the loss beside what boosted trees expect for such a record \
      rmia             beside shadows: models like this one, of which is known what they were trained on \
      lira-offline     the same, by the normal distribution of their answers \
      lira-online      the ratio of the likelihoods with the record and without \
      meta             boosted trees over all of these, which learn on the shadows

      Shadows are trained from the model's own ONNX graph with fresh weights, or are forests of the same size; they are kept in \
      ~/.cache/martlet/shadows for the next audit. The attack is chosen on half of the records and reported on the other half. Exposed \
      records are named by id only.

      With --canaries, records that a fair coin put into the training or left out (x, y, member), a lower bound on epsilon is proved. \
      With --predictions instead of a model, its answers in a file are enough: scores [N, classes], y and member, and perhaps \
      shadow_scores [S, N, classes] and shadow_member [S, N].

      Records that would give a number that misleads are refused. Where the store has the model, the result is kept as evidence.

      Exit status: 0 measured; 1 the risk is above --max-risk; 2 it could not be done.

      EXAMPLES
        martlet assess privacy digits.onnx --members train.npz --nonmembers test.npz
        martlet assess privacy forest.onnx --members train.npz --nonmembers test.npz --format html -o privacy.html
        martlet assess privacy mlp.onnx --members in.npz --nonmembers out.npz --canaries canaries.npz --claimed-epsilon 4
        martlet assess privacy mlp.onnx --members in.npz --nonmembers out.npz --attribute 3 --max-risk 2 --format json
        martlet assess privacy --predictions answers.npz
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  @Argument(help: "The model: an ONNX file, or a directory with one.", completion: .file())
  var model: String?

  @Option(
    help: ArgumentHelp("Records that the model was trained on.", valueName: "npz"),
    completion: .file(extensions: ["npz"]))
  var members: String?

  @Option(
    help: ArgumentHelp("Records that it was not trained on, from the same source.", valueName: "npz"),
    completion: .file(extensions: ["npz"]))
  var nonmembers: String?

  @Option(
    help: ArgumentHelp("More such records, trained on or not, for shadows to learn from.", valueName: "npz"),
    completion: .file(extensions: ["npz"]))
  var train: String?

  @Option(
    help: ArgumentHelp(
      "Records that a fair coin put into the training or left out: x, y and member.", valueName: "npz"),
    completion: .file(extensions: ["npz"]))
  var canaries: String?

  @Flag(
    help:
      "A fair coin decided of each member and non-member whether the model was trained on it: they are canaries too."
  )
  var randomSplit = false

  @Option(
    help: ArgumentHelp("The model's answers, instead of the model and the records.", valueName: "npz"),
    completion: .file(extensions: ["npz"]))
  var predictions: String?

  @Option(help: ArgumentHelp("A column that an attacker would like to know, from 0.", valueName: "column"))
  var attribute: Int?

  @Option(help: "How many models like it to train; 0 for none.")
  var shadows: Int = 8

  @Option(help: "The most often that a shadow sees each record.")
  var epochs: Int = 300

  @Option(help: "Records in one step of a shadow's training.")
  var batch: Int = 64

  @Option(help: "How fast shadows learn.")
  var learningRate: Double = 1e-3

  @Option(
    help: ArgumentHelp(
      "What the training is said to guarantee at --delta, as from `martlet privacy epsilon`.",
      valueName: "epsilon"))
  var claimedEpsilon: Double?

  @Option(help: "At which epsilons are told.")
  var delta: Double = 1e-5

  @Option(help: ArgumentHelp("The highest risk, from 1 to 5, that ends with status 0.", valueName: "level"))
  var maxRisk: Int?

  @Option(help: "The same seed gives the same result.")
  var seed: UInt64 = 0

  @Option(help: "Shadows that are trained at once (default: one for each core).")
  var threads: Int?

  @Option(
    help: ArgumentHelp("Where shadows are kept (default: ~/.cache/martlet/shadows).", valueName: "folder"),
    completion: .directory)
  var cache: String?

  @Flag(help: "Keep no shadows, and use none that were kept.")
  var noCache = false

  @Option(help: "text, json or html.")
  var format: Format = .text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the report here instead of to standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  func validate() throws {
    if predictions != nil {
      let others = [model, members, nonmembers, train, canaries].compactMap { $0 }
      guard others.isEmpty else {
        throw ValidationError(
          "--predictions has the answers already: expected no model and no records beside it, found '\(others[0])'"
        )
      }
    } else {
      guard model != nil, members != nil, nonmembers != nil else {
        throw ValidationError(
          "expected a model with --members and --nonmembers, or --predictions: found only part of it")
      }
    }
    if canaries != nil, randomSplit {
      throw ValidationError("expected --canaries or --random-split, found both")
    }
    if let maxRisk, !(1...5).contains(maxRisk) {
      throw ValidationError("--max-risk must be from 1 to 5, found \(maxRisk)")
    }
    if let threads, threads < 1 {
      throw ValidationError("--threads must be at least 1, found \(threads)")
    }
    // A long run must not end in a folder that is not there.
    if let output {
      let folder = URL(fileURLWithPath: output).deletingLastPathComponent().path
      guard FileManager.default.isWritableFile(atPath: folder) else {
        throw ValidationError(
          "expected a folder that can be written to for \(output), found none at \(folder)")
      }
    }
  }

  private var order: PrivacyOrder {
    PrivacyOrder(
      recipe: ShadowRecipe(
        shadows: shadows, seed: seed, epochs: epochs, batchSize: batch, learningRate: learningRate),
      delta: delta, attribute: attribute, isRandomSplit: randomSplit, claimedEpsilon: claimedEpsilon,
      workers: threads ?? ProcessInfo.processInfo.activeProcessorCount)
  }

  private var cacheFolder: String? {
    if noCache { return nil }
    let environment = ProcessInfo.processInfo.environment
    let base =
      environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory() + "/.cache"
    return cache ?? base + "/martlet/shadows"
  }

  func run() throws {
    let assessed: PrivacyAssessment
    if let predictions {
      assessed = try PrivacyAssessment(answers: predictions, order: order)
    } else {
      let request = PrivacyRequest(
        path: model ?? "", members: members ?? "", nonmembers: nonmembers ?? "", pool: train,
        canaries: canaries, order: order, cache: cacheFolder)
      assessed = try PrivacyAssessment(request) { step in
        Terminal.progress(step.total > 1 ? "\(step.step): \(step.done) of \(step.total)" : step.step)
      }
    }
    Terminal.clearProgress()
    let evidence = try evidence(of: assessed)
    switch format {
    case .text: try write(PrivacyListing(assessed, evidence: evidence).text)
    case .json:
      let document = PrivacyDocument(assessed, evidence: evidence)
      try write(String(decoding: document.encoded(), as: UTF8.self) + "\n")
    case .html:
      let facts =
        [
          assessed.digest.map { ("model", $0.hex) }, ("data", assessed.data.hex),
          ("Martlet", MartletVersion.text),
        ]
        .compactMap { $0 }
      try write(assessed.report.page(model: assessed.name, facts: facts).html())
    }
    if let maxRisk, assessed.report.risk.level > maxRisk { throw Exit.refused }
  }

  private func write(_ text: String) throws {
    guard let output else { return Terminal.raw(text) }
    try DurableFile.replace(output, with: Array(text.utf8).span)
  }

  /// A store is not made for this.
  private func evidence(of assessed: PrivacyAssessment) throws -> StoredEvidence? {
    guard (try? Store.reading(.standard())) != nil else { return nil }
    return try Lifecycle(store: try Store(.standard())).keep(assessed)
  }
}
