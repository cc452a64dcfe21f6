// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletAutodiff
package import MartletFormats
package import MartletRuntime

/// Why a model could not be trained.
package enum TrainingError: Error, Equatable, Sendable {
  case model(ONNXError)
  /// The model has no slope by its weights. The error names the operator that stands in the way.
  case gradient(AutodiffError)
  case runtime(RuntimeError)
  /// No constant of the model is a float32 weight.
  case noWeights
  /// The model fixes how many examples it takes at a time.
  case fixedBatch(Int)
  case noExamples
  /// The examples are a scalar, or not as many as there are targets or weights.
  case targetCount(examples: Int, targets: Int)
  /// A label is no class of the model.
  case labelOutOfRange(row: Int, label: Int64, classes: Int)
  /// Targets that are rows of probabilities have another shape or type than float32 [N, K].
  case targetShape(expected: [Int], found: [Int])
  /// A target or a weight of an example is negative, NaN or infinite.
  case unsuitableTarget(row: Int)
  /// A row that was chosen is none of the data.
  case rowOutOfRange(row: Int, examples: Int)
  /// A number of the recipe makes no sense.
  case unsuitableRecipe(parameter: String, reason: String)
  /// The loss or the weights became NaN or infinite. Steps count from 1.
  case diverged(step: Int, steps: Int, learningRate: Double)
}

extension TrainingError: CustomStringConvertible {
  package var description: String { words.visible }

  private var words: String {
    switch self {
    case .model(let error): error.description
    case .gradient(let error): error.description
    case .runtime(let error): error.description
    case .noWeights:
      "expected a model with float32 weights, found none: quantised models and trees cannot be trained here"
    case .fixedBatch(let size):
      "expected a model that takes any number of examples at a time, found one that takes \(size): export it with an open "
        + "batch dimension"
    case .noExamples: "expected at least one example to train on, found none"
    case .targetCount(let examples, let targets):
      "expected one target and one weight for each of \(examples) examples, found \(targets)"
    case .labelOutOfRange(let row, let label, let classes):
      "expected labels from 0 to \(classes - 1), found \(label) at example \(row)"
    case .targetShape(let expected, let found):
      "expected a row of float32 probabilities for each example, \(expected), found \(found)"
    case .unsuitableTarget(let row):
      "expected targets and weights that are finite and not negative, found another at example \(row)"
    case .rowOutOfRange(let row, let examples):
      "expected rows from 0 to \(examples - 1), found \(row)"
    case .unsuitableRecipe(let parameter, let reason): "the recipe's \(parameter) cannot be used: \(reason)"
    case .diverged(let step, let steps, let learningRate):
      "training diverged at step \(step) of \(steps), the loss or the weights are no longer finite: lower the learning rate "
        + "(\(learningRate)), and see whether the inputs are finite"
    }
  }
}

/// Runs `body` with ONNX Runtime's errors turned into this module's.
func running<Result>(_ body: () throws(RuntimeError) -> Result) throws(TrainingError) -> Result {
  do { return try body() } catch { throw .runtime(error) }
}
