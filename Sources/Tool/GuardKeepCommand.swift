// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletBytes
import MartletClient
import MartletEvidence
import MartletGuard
import MartletLifecycle

struct GuardKeepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keep",
    abstract: "Keep a calibration in the store, for the server to guard the model with.",
    discussion: """
      Seals what `guard calibrate` wrote into the store, beside every version with the digest that it is for, and signs which it is. A \
      server takes the newest one, also while it runs, unless its settings name another. With another calibration the evidence against \
      everybody begins anew; budgets stay used.

      With --server it takes the right to operate every model that has a version with this digest.

      Exit status: 0 kept; 2 it could not be done.

      EXAMPLES
        martlet guard calibrate digits.onnx --data digits.npz -o guard.json
        martlet guard keep guard.json
        martlet guard keep guard.json --server https://models.example:8443
      """)

  @Argument(
    help: ArgumentHelp("What `guard calibrate` wrote.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var calibration: String

  @OptionGroup var registry: RegistryOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run() async throws {
    let bytes = try GuardReplayCommand.read(calibration)
    let known = try GuardCalibration(json: bytes)
    // A digest of 64 digits, as reading it has made sure.
    let model = Digest(hex: known.model)!
    let kept = try await registry.withDoor { try await $0.keepGuard(bytes, of: model, rows: known.rows) }
    guard format == .text else { return try Terminal.document(kept) }
    for version in kept {
      Terminal.say("kept      \(version.model):\(version.version)  calibration \(version.calibration.hex)")
    }
    Terminal.say("note      a running server takes it within a second, unless its settings name another")
  }
}
