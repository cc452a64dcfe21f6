// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFormats
package import MartletRuntime

/// Why a model could not be assessed on some data. A model that can be run but not attacked is no error: its
/// report says ``RobustnessReport/Robustness/notAssessed(reason:)``.
package enum RobustnessError: Error, Equatable, Sendable {
  case model(ONNXError)
  case runtime(RuntimeError)
  /// The model has no gradient that an attack could follow. `reason` names the operator that stands in the way.
  case noGradient(reason: String)
  /// There is nothing to measure on.
  case noExamples
  /// One label an example is needed.
  case labelCount(examples: Int, labels: Int)
  /// A label is no class of the model.
  case labelOutOfRange(row: Int, label: Int64, classes: Int)
  /// The model is wrong about every example as it is.
  case nothingRight(examples: Int)
  /// The model wants something beside the examples.
  case severalInputs([String])
  /// The inputs are not float32.
  case inputType(found: String)
  /// An input is NaN or infinite.
  case notFinite(row: Int)
  /// An input lies outside of the box that adversarial inputs must stay in.
  case outsideBox(row: Int, value: Float, low: Float, high: Float)
  /// The examples are no pictures that could be corrupted.
  case notPictures(reason: String)
  /// The box has another number of features than the inputs, or a feature whose lowest value is above its highest.
  case unsuitableBox(reason: String)
  /// A parameter of the attack makes no sense.
  case unsuitableAttack(parameter: String, reason: String)
  /// One example alone needs more memory than is allowed, in bytes.
  case tooLarge(needed: Int, limit: Int)
  /// What was kept of an earlier run cannot be gone on with.
  case journal(path: String, reason: String)
  /// No output says which class an example belongs to.
  case noClasses(outputs: [String])
  /// An output has another shape than one prediction an example.
  case outputShape(name: String, found: [Int])
  /// The table does not fit its schema, or the plan does not fit tables.
  case table(reason: String)
}

extension RobustnessError: CustomStringConvertible {
  package var description: String { words.visible }

  private var words: String {
    switch self {
    case .model(let error): error.description
    case .runtime(let error): error.description
    case .noGradient(let reason): reason
    case .noExamples: "expected at least one example with its label, found none"
    case .labelCount(let examples, let labels):
      "expected one label for each of \(examples) examples, found \(labels)"
    case .labelOutOfRange(let row, let label, let classes):
      "expected labels from 0 to \(classes - 1), found \(label) at example \(row)"
    case .nothingRight(let examples):
      "expected a model that is right about some example as it is, found one that is wrong about all \(examples): see "
        + "whether the labels are the model's own, and the values scaled as in its training"
    case .severalInputs(let names):
      "expected a model whose only input is the example, found \(names.count) inputs: "
        + names.joined(separator: ", ")
    case .inputType(let found): "expected float32 examples, found \(found)"
    case .notFinite(let row): "expected finite inputs, found NaN or infinity at example \(row)"
    case .outsideBox(let row, let value, let low, let high):
      "expected inputs from \(low) to \(high), found \(value) at example \(row): scale the data, or take the box from it"
    case .notPictures(let reason):
      "expected pictures with values from 0 to 1, one or three channels and the shape [N, C, H, W] or [N, H, W, C], found "
        + reason
    case .unsuitableBox(let reason): "the box cannot be used: \(reason)"
    case .unsuitableAttack(let parameter, let reason): "the attack's \(parameter) cannot be used: \(reason)"
    case .tooLarge(let needed, let limit):
      "the model needs \(needed >> 20) MiB for the slope of one example, more than the \(limit >> 20) MiB that are allowed: "
        + "allow more with --memory"
    case .journal(let path, let reason): "\(path) cannot be used to go on: \(reason)"
    case .noClasses(let outputs):
      "expected an output with one int64 label, or one score a class, for each example, found "
        + (outputs.isEmpty ? "no output" : outputs.joined(separator: ", "))
    case .outputShape(let name, let found):
      "expected one prediction for each example from the output '\(name)', found the shape \(found)"
    case .table(let reason): reason
    }
  }
}

/// Runs `body` with ONNX Runtime's errors turned into this module's.
func running<Result>(_ body: () throws(RuntimeError) -> Result) throws(RobustnessError) -> Result {
  do { return try body() } catch { throw .runtime(error) }
}
