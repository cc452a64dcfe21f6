// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletAutodiff
import MartletBytes
import MartletFiles
import MartletFormats
import MartletTraining

extension ExampleLoss: ExpressibleByArgument {}

struct AssessGradientCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gradient",
    abstract:
      "Write the ONNX graph that gives a classifier's loss and its slope by the input or the weights.",
    discussion: """
      The graph is what the attacks follow: standard operators of the model's own operator set, with the model's input, the \
      labels and, for a loss with targets, the targets as inputs, and logits, loss and gradient for each example as outputs. \
      The batch stays open.

      With --weights it is the graph that training follows: the cross-entropy with rows of target probabilities, summed with \
      each example's share, and its slope by the list of all weights. The model's own weights are the default of that list.

      Exit status: 0 written; 2 it could not be done, with the operator that stands in the way.

      EXAMPLES
        martlet assess gradient digits.onnx -o loss.onnx
        martlet assess gradient digits.onnx --loss targetMargin -o margin.onnx
        martlet assess gradient digits.onnx --weights -o training.onnx
      """)

  @Argument(help: "The model: an ONNX file.", completion: .file())
  var model: String

  @Option(help: "What the slope is of.")
  var loss: ExampleLoss = .crossEntropy

  @Flag(help: "The slope by the weights, of the cross-entropy.")
  var weights = false

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where to write it.", valueName: "file"), completion: .file())
  var output: String

  func validate() throws {
    if weights, loss != .crossEntropy { throw ValidationError("--weights goes with the cross-entropy only") }
  }

  func run() throws {
    let model = try ONNXModel(try Bytes(contentsOf: model))
    if weights { return try writeByWeights(model) }
    let graph = try LossGradient.of(model, loss: loss)
    let inputs = [graph.inputName, graph.labelsName] + [graph.targetsName].compactMap { $0 }
    try write(graph.serialized, of: graph.differentiated, inputs, cuts: graph.cuts)
    Terminal.say("outputs   \(graph.logitsName), \(graph.lossName), \(graph.gradientName)")
  }

  private func writeByWeights(_ model: ONNXModel) throws {
    let file = try WeightGradientFile(of: model)
    let graph = file.gradient
    let inputs = [graph.inputName, graph.targetsName, graph.sharesName]
    try write(file.serialized, of: graph.differentiated, inputs, cuts: graph.cuts)
    Terminal.say("outputs   \(graph.lossName), \(graph.gradientName)")
    let count = graph.weights.last?.range.upperBound ?? 0
    Terminal.say("weights   \(graph.weightsName): \(count) numbers of \(graph.weights.count) tensors")
  }

  private func write(_ bytes: [UInt8], of scores: String, _ inputs: [String], cuts: [String]) throws {
    try DurableFile.replace(output, with: bytes.span)
    Terminal.say("written   \(output)")
    Terminal.say("slope of  \(loss.rawValue) of \(scores)")
    if !cuts.isEmpty {
      Terminal.say("cut at    \(cuts.joined(separator: ", ")): the slope is zero there")
    }
    Terminal.say("inputs    \(inputs.joined(separator: ", "))")
  }
}
