// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletGate
import MartletLifecycle
import MartletRobustness

struct ProtectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "protect",
    abstract: "Take a model through its life: admit, seal, assess, release.",
    discussion: """
      Reads the model whole, scans it, verifies its signature when there is one, encrypts it into the store, measures its \
      accuracy on your data, clean and under attack, and asks the policy whether it may be released. Nothing in the model \
      is executed to look at it. Every step leaves signed evidence and an entry in the log.

      Exit status: 0 released; 1 refused, with the reasons; 2 it could not be done.

      EXAMPLES
        martlet protect digits.onnx --data digits.npz
        martlet protect model/ --data test.npz --name fraud --policy release.yaml
        martlet protect model.safetensors --policy minimal
        martlet protect digits.onnx --data digits.npz --key signer.pub --format json
      """)

  @Argument(help: "The model: a file or a directory.", completion: .file())
  var model: String

  @Option(
    help: ArgumentHelp(
      "An npz file with x_test and y_test (or x and y), or a CSV file with a column called label, to measure the model on.",
      valueName: "file"),
    completion: .file(extensions: ["npz", "csv"]))
  var data: String?

  @Option(help: "What to call the model (default: the file's name).")
  var name: String?

  @OptionGroup var policy: PolicyOptions

  @Option(
    help: ArgumentHelp("The signature file (default: MODEL.sig or model.sig beside it).", valueName: "file"),
    completion: .file())
  var signature: String?

  @OptionGroup var trust: TrustOptions

  @Option(help: "How far each value may be changed, as a fraction of its range.")
  var radius: Float = 0.1

  @Option(help: "The plan of attacks (see `martlet assess robustness --help`).")
  var attack: AttackPlan = .fast

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func validate() throws {
    guard (0...1).contains(radius) else {
      throw ValidationError("--radius must be from 0 to 1, found \(radius)")
    }
    guard attack != .cw else {
      throw ValidationError("--attack cw is one in L2, and protect measures in the maximum norm")
    }
  }

  func run() throws {
    let order = ProtectOrder(
      path: model, name: name, data: data, signature: signature, signatureTrust: try trust.read(),
      policy: try policy.read(), environment: policy.environment,
      radius: radius, attack: attack)
    let printer = ProtectPrinter(format: format)
    let lifecycle = Lifecycle(store: try Store(.standard()))
    let report = try lifecycle.protect(order, progress: printer.progress)
    Terminal.clearProgress()
    try printer.finish(report)
    if report.verdict == .incomplete {
      Terminal.complain(
        "martlet: \(model) could not be read whole: \(report.stages[0].findings.first?.message ?? "it is cut short")"
      )
      throw Exit.impossible
    }
    if report.decision?.released != true { throw Exit.refused }
  }
}

/// Shows a protect as it goes.
private struct ProtectPrinter {
  let format: OutputFormat

  func progress(_ event: ProtectProgress) {
    switch event {
    case .started(let stage, let what): Terminal.progress("\(stage.rawValue): \(what) …")
    case .fraction(let done, let what):
      Terminal.progress("assess: \(what) \(bar(done)) \(Int(done * 100)) %")
    case .finished(let stage):
      Terminal.clearProgress()
      if format == .text { show(stage) }
    }
  }

  func finish(_ report: ProtectReport) throws {
    guard format == .text else { return try Terminal.document(report) }
    for reason in report.decision?.reasons ?? [] {
      say(reason.text, after: DecisionPrinter.mark(reason), width: 5)
    }
    let released = report.decision?.released == true
    let word = released ? Terminal.paint("released", .green) : Terminal.paint("not released", .red)
    let version = report.version.map { " version \($0)" } ?? ""
    Terminal.say("\n\(Terminal.paint(report.model, .bold))\(version) is \(word). Digest \(report.digest.hex)")
  }

  private func show(_ stage: ProtectReport.Stage) {
    let mark =
      switch stage.outcome {
      case .passed: Terminal.paint("ok     ", .green)
      case .refused: Terminal.paint("refused", .red)
      case .skipped: Terminal.paint("skipped", .yellow)
      }
    let name = stage.stage.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
    for (index, line) in stage.summary.enumerated() {
      if index == 0 {
        Terminal.say(line, after: "\(Terminal.paint(name, .bold)) \(mark)  ", width: Self.margin)
      } else {
        say(line)
      }
    }
    for finding in stage.findings { show(finding) }
  }

  /// The columns of a stage's name and outcome, which everything said about it stands behind.
  private static let margin = 18

  private func say(_ text: String, after mark: String = "", width: Int = 0) {
    Terminal.say(
      text, after: String(repeating: " ", count: Self.margin) + mark, width: Self.margin + width)
  }

  private func show(_ finding: Finding) {
    let place = [finding.member, finding.offset.map { "offset \($0)" }].compactMap { $0 }.joined(
      separator: ", ")
    let word = finding.severity.rawValue
    let severity = Terminal.paint(word, finding.severity >= .high ? .red : .yellow)
    say(
      "\(finding.rule)\(place.isEmpty ? "" : " at \(place)"): \(finding.message)", after: severity + " ",
      width: word.count + 1)
    if let construct = finding.construct { say(construct, after: "  ", width: 2) }
  }

  private func bar(_ done: Double) -> String {
    let full = Int((done * 20).rounded())
    return "[" + String(repeating: "#", count: full) + String(repeating: "·", count: 20 - full) + "]"
  }
}
