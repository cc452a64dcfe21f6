// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletAutodiff
import MartletBytes
import MartletFiles
import MartletFormats

extension ExampleLoss: ExpressibleByArgument {}

struct AssessGradientCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gradient",
    abstract: "Write the ONNX graph that gives a classifier's loss and its slope by the input.",
    discussion: """
      The graph is what the attacks follow: standard operators of the model's own operator set, with the model's input, the
      labels and, for a loss with targets, the targets as inputs, and logits, loss and gradient for each example as outputs.
      The batch stays open.

      Exit status: 0 written; 2 it could not be done, with the operator that stands in the way.

      EXAMPLES
        martlet assess gradient digits.onnx -o loss.onnx
        martlet assess gradient digits.onnx --loss targetMargin -o margin.onnx
      """)

  @Argument(help: "The model: an ONNX file.", completion: .file())
  var model: String

  @Option(help: "What the slope is of.")
  var loss: ExampleLoss = .crossEntropy

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where to write it.", valueName: "file"), completion: .file())
  var output: String

  func run() throws {
    let graph = try LossGradient.of(try ONNXModel(try Bytes(contentsOf: model)), loss: loss)
    try DurableFile.replace(output, with: graph.serialized.span)
    let inputs = [graph.inputName, graph.labelsName] + [graph.targetsName].compactMap { $0 }
    Terminal.say("written   \(output)")
    Terminal.say("slope of  \(loss.rawValue) of \(graph.differentiated)")
    Terminal.say("inputs    \(inputs.joined(separator: ", "))")
    Terminal.say("outputs   \(graph.logitsName), \(graph.lossName), \(graph.gradientName)")
    if !graph.cuts.isEmpty {
      Terminal.say("cut at    \(graph.cuts.joined(separator: ", ")): the slope is zero there")
    }
  }
}
