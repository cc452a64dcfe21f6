// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletClient
import MartletEncrypt
import MartletEvidence
import MartletLifecycle
import MartletRegistry

struct PushCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push",
    abstract: "Bring a model into the store as a new version: scanned, verified and sealed.",
    discussion: """
      It is not measured and not released: `martlet release` asks the gate, `martlet protect` does it all at once. The same files \
      again change nothing. To a server they go in pieces: a push that was cut off goes on where it stopped when the same \
      command is given again.

      Exit status: 0 the store has it; 1 it was refused, with the reasons; 2 it could not be done.

      EXAMPLES
        martlet push digits.onnx
        martlet push bert/ --name ticket-router --key signer.pub.pem
        martlet push digits.onnx --server https://models.example.org:8443
      """)

  @Argument(help: "The model: a file or a directory.", completion: .file())
  var path: String

  @Option(help: "What the model is called (default: the file's name).")
  var name: String?

  @Option(
    help: ArgumentHelp("The signature (default: the one that lies beside the model).", valueName: "file"),
    completion: .file())
  var signature: String?

  @OptionGroup var trust: TrustOptions
  @OptionGroup var registry: RegistryOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() async throws {
    CoreDumps.forbid()
    let order = PushOrder(
      path: PathKind.trimmed(path), model: name, signature: signature, trust: try trust.read())
    let report = try await registry.withDoor { door in
      try await door.push(order) { done in
        Terminal.progress("push: \(Int(done * 100)) % of \(order.path) sent")
      }
    }
    Terminal.clearProgress()
    if format == .json { try Terminal.document(report) } else { show(report) }
    if report.refusal != nil { throw Exit.refused }
  }

  private func show(_ report: PushReport) {
    for stage in report.stages {
      for line in stage.summary { Terminal.say("  \(line)") }
      for finding in stage.findings {
        Terminal.say(
          "\(finding.rule): \(finding.message)", after: "  \(finding.severity.rawValue) ", width: 11)
      }
    }
    if let refusal = report.refusal {
      Terminal.say("\(report.model) is \(Terminal.paint("refused", .red)): \(refusal)")
    } else if let version = report.version, let state = report.state {
      let how = report.wasKnown ? "was there already" : "is in the store"
      Terminal.say("\(report.model):\(version) \(how), \(state.rawValue). Digest \(report.digest.hex)")
    }
  }
}
