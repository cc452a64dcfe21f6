// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletBackdoor
import MartletEvidence
import MartletFiles
import MartletLifecycle
import MartletRegistry
import MartletReport

struct AssessBackdoorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backdoor",
    abstract: "Look for a backdoor in a classifier, and for what changed in a model since its parent.",
    discussion: """
      With --data, clean examples that you trust: for each class the smallest patch, the smallest addition and the largest margin are \
      searched for along the model's slopes, and held against clean models of the same architecture that are trained here. One score \
      says how far the most suspicious class is out, in deviations of the clean models, and one share how many clean models have a \
      class as far out. An npz file has x_test and y_test, or x and y; with x_train in it, that is what the clean models learn, and \
      otherwise each learns three quarters of the rows, or half of those, and is measured on the fourth. They are kept in ~/.cache/martlet/references for \
      the next model of the architecture.

      Forests have no slopes: values in up to three columns are tried, by asking alone. Other models without slopes are refused.

      With --parent, a model that this one was made from: which tensors and nodes changed, and how: fine-tuned, merged (name both \
      parents), low rank added, quantised, cast, pruned, scaled, single bits flipped, added, removed. What --declared does not name is \
      a finding. ONNX and safetensors files; no data and no ONNX Runtime are needed for it.

      Where the store has the model, the result is kept as evidence of the kind `backdoor`.

      Exit status: 0 no finding; 1 findings; 2 it could not be done.

      EXAMPLES
        martlet assess backdoor digits.onnx --data digits.npz
        martlet assess backdoor digits.onnx --data digits.npz --format html -o backdoor.html
        martlet assess backdoor tuned.onnx --parent base.onnx --declared 'head.*'
        martlet assess backdoor merged/ --parent base/ --parent other/ --declared '*'
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  @Argument(
    help: "The model: an ONNX file, or a directory with one; with --parent also safetensors files.",
    completion: .file())
  var model: String

  @Option(
    help: ArgumentHelp(
      "Clean examples: an npz file with x_test and y_test, or x and y; or a CSV table.", valueName: "file"),
    completion: .file(extensions: ["npz", "csv"]))
  var data: String?

  @Option(help: ArgumentHelp("The column of a table with the classes.", valueName: "column"))
  var label: String?

  @Option(
    help: ArgumentHelp(
      "What the model was made from; twice for a model that was merged from two.", valueName: "model"),
    completion: .file())
  var parent: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Names of tensors and nodes that were meant to change, with * and ?.", valueName: "names"))
  var declared: [String] = []

  @Option(help: "How many clean models to train for comparison.")
  var references = 20

  @Option(help: "Rows of other classes that a trigger is searched on.")
  var rows = 60

  @Option(help: "Steps of the search for a trigger.")
  var steps = 200

  @Option(help: "The share of clean models that may be called suspicious.")
  var significance = 0.01

  @Option(help: "The same seed gives the same result.")
  var seed: UInt64 = 0

  @Option(help: "Models that are worked on at once (default: one for each core).")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Where what is measured of clean models is kept (default: ~/.cache/martlet/references).",
      valueName: "folder"),
    completion: .directory)
  var cache: String?

  @Flag(help: "Keep nothing of the clean models, and use nothing that was kept.")
  var noCache = false

  @Option(help: "text, json or html.")
  var format: Format = .text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the report here instead of to standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  func validate() throws {
    guard data != nil || !parent.isEmpty else {
      throw ValidationError("expected --data, --parent or both, found neither")
    }
    guard parent.count <= 2 else {
      throw ValidationError("expected one --parent or two, found \(parent.count)")
    }
    guard declared.isEmpty || !parent.isEmpty else {
      throw ValidationError("--declared goes with --parent")
    }
    guard label == nil || data != nil else { throw ValidationError("--label goes with --data") }
    guard (5...1_000).contains(references) else {
      throw ValidationError("--references must be from 5 to 1000, found \(references)")
    }
    guard (10...10_000).contains(rows) else {
      throw ValidationError("--rows must be from 10 to 10000, found \(rows)")
    }
    guard (20...10_000).contains(steps) else {
      throw ValidationError("--steps must be from 20 to 10000, found \(steps)")
    }
    guard significance > 0, significance < 0.5 else {
      throw ValidationError("--significance must be above 0 and below 0.5, found \(significance)")
    }
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1, found \(threads)") }
    // A long run must not end in a folder that is not there.
    if let output { try DataCommands.checkFolder(of: output) }
  }

  private var cacheFolder: String? {
    if noCache { return nil }
    let environment = ProcessInfo.processInfo.environment
    let base =
      environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory() + "/.cache"
    return cache ?? base + "/martlet/references"
  }

  func run() throws {
    let order = BackdoorOrder(
      references: references, rows: rows, steps: steps, significance: significance, seed: seed,
      workers: threads, cache: cacheFolder)
    let request = BackdoorRequest(
      path: model, data: data, label: label, order: order, parents: parent, declared: declared)
    let found = try BackdoorFindings(request) { done, all in
      Terminal.progress("looking for triggers: \(done) of \(all) models are done")
    }
    Terminal.clearProgress()
    let evidence = try evidence(of: found)
    switch format {
    case .text: try write(BackdoorListing(found, evidence: evidence).text)
    case .json:
      let document = BackdoorDocument(found, evidence: evidence)
      try write(String(decoding: document.encoded(), as: UTF8.self) + "\n")
    case .html: try write(found.page.html())
    }
    if !found.isClean { throw Exit.refused }
  }

  private func write(_ text: String) throws {
    guard let output else { return Terminal.raw(text) }
    try DurableFile.replace(output, with: Array(text.utf8).span)
  }

  /// A store is not made for this.
  private func evidence(of found: BackdoorFindings) throws -> StoredEvidence? {
    guard (try? Store.reading(.standard())) != nil else { return nil }
    return try Lifecycle(store: try Store(.standard())).keep(found)
  }
}

extension BackdoorFindings {
  /// The report as a page.
  fileprivate var page: ReportPage {
    var facts = [(name: "model", value: digest.hex)]
    if let data { facts.append(("data", data.hex)) }
    if let parent { facts.append(("parent", parent.digest.hex)) }
    facts.append(("Martlet", MartletVersion.text))
    var page: ReportPage
    switch (report, comparison) {
    case (let report?, let comparison):
      // What is bad comes first.
      let word =
        report.verdict == .clean && (comparison?.undeclared ?? 0) > 0 ? comparison?.word ?? "" : report.word
      page = ReportPage(
        title: "Backdoors in \(name)", word: word, tone: isClean ? .good : .bad,
        lead: report.lead + (comparison.map { " " + $0.lead } ?? ""), figures: report.figures)
      report.add(to: &page)
      comparison?.add(to: &page, parent: parent?.name ?? "")
      page.add("Method", .facts(report.method + facts))
    case (nil, let comparison?):
      page = ReportPage(
        title: "\(name) since \(parent?.name ?? "")", word: comparison.word, tone: comparison.tone,
        lead: comparison.lead,
        figures: [
          .init(
            "\(comparison.tensors.count)", "tensors changed", note: "\(comparison.unchanged) as they were"),
          .init("\(comparison.graph.count)", "changes of the graph"),
          .init("\(comparison.undeclared)", "undeclared"),
        ])
      comparison.add(to: &page, parent: parent?.name ?? "")
      page.add(
        "Method",
        .facts(
          [
            (
              "declared",
              comparison.declared.isEmpty ? "nothing" : comparison.declared.joined(separator: ", ")
            ),
            ("threat", "MITRE ATLAS AML.T0018 (manipulate AI model); NIST AI 100-2 model poisoning"),
          ] + facts))
    case (nil, nil): page = ReportPage(title: name, word: "nothing was asked", tone: .plain, lead: "")
    }
    return page
  }
}
