// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletLifecycle

struct AssessReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Give inputs that fooled a model to a model again.",
    discussion: """
      Takes what `martlet assess robustness --save` kept, and says how many of the inputs fool the model: the same one, to see \
      for yourself, or another, to see whether it is fooled by the same.

      Exit status: 0 every input fools it; 1 some do not; 2 it could not be done.

      EXAMPLES
        martlet assess replay digits.onnx --inputs fooled.npz
      """)

  @Argument(help: "The model: an ONNX file, or a directory with one.", completion: .file())
  var model: String

  @Option(help: ArgumentHelp("What --save kept.", valueName: "npz"), completion: .file(extensions: ["npz"]))
  var inputs: String

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  private struct Document: Encodable {
    let inputs: Int
    let fooling: Int
  }

  func run() throws {
    let (total, fooling) = try AssessedModel.replay(inputs, on: model)
    if format == .json {
      try Terminal.document(Document(inputs: total, fooling: fooling))
    } else {
      Terminal.say("\(fooling) of \(total) inputs fool the model")
    }
    if fooling < total { throw Exit.refused }
  }
}
