// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletBytes
import MartletEvidence
import MartletGuard
import MartletLifecycle
import MartletRegistry

struct GuardKeepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keep",
    abstract: "Keep a calibration in the store, for the server to guard the model with.",
    discussion: """
      Seals what `guard calibrate` wrote into the store, beside every version with the digest that it is for, and signs which it is. The
      newest one is used when a server loads the version, unless the server's settings name another.

      Exit status: 0 kept; 2 it could not be done.

      EXAMPLES
        martlet guard calibrate digits.onnx --data digits.npz -o guard.json
        martlet guard keep guard.json
      """)

  @Argument(
    help: ArgumentHelp("What `guard calibrate` wrote.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var calibration: String

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    let model: String
    let version: Int
    let calibration: String
  }

  func run() throws {
    let bytes = try GuardReplayCommand.read(calibration)
    let known = try GuardCalibration(json: bytes)
    // A digest of 64 digits, as reading it has made sure.
    let model = Digest(hex: known.model)!
    let lifecycle = Lifecycle(store: try Store(.standard()))
    let versions = try lifecycle.keepGuard(bytes, of: model, rows: known.rows)
    let digest = Digest.of(bytes)
    guard format == .text else {
      return try Terminal.document(
        versions.map { Document(model: $0.model, version: $0.number, calibration: digest.hex) })
    }
    for version in versions {
      Terminal.say("kept      \(version.model):\(version.number)  calibration \(digest.hex)")
    }
    Terminal.say("note      a running server uses it from its next start on")
  }
}
