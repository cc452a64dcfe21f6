// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFormats
package import MartletRuntime
package import MartletTraining

/// Why it cannot be said what a model costs to steal.
package enum TheftError: Error, Equatable, Sendable {
  case model(ONNXError)
  case runtime(RuntimeError)
  case training(TrainingError)
  /// The model wants something beside the examples.
  case severalInputs([String])
  /// No output has a score for each class, or names the class.
  case noScores(outputs: [String])
  /// The model's answer is not one row an example.
  case outputShape(name: String, found: [Int])
  /// An answer is NaN or infinite.
  case notFinite(row: Int)
  /// The data are too few to ask with and to measure on.
  case tooFewRows(needed: Int, found: Int)
  /// What was asked for makes no sense.
  case unsuitableOrder(parameter: String, reason: String)
}

extension TheftError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .model(let error): error.description
    case .runtime(let error): error.description
    case .training(let error): error.description
    case .severalInputs(let names):
      "expected a model with one input, found \(names.count): \(names.joined(separator: ", "))"
    case .noScores(let outputs):
      "expected an output of float32 or float64 with a score for each class, or one of int64 with the class, found "
        + (outputs.isEmpty ? "none" : outputs.joined(separator: ", "))
    case .outputShape(let name, let found):
      "expected one row of \(name) for each example, found the shape \(found)"
    case .notFinite(let row): "expected finite scores, found others for example \(row)"
    case .tooFewRows(let needed, let found):
      "expected at least \(needed) rows to ask with and to measure on, found \(found)"
    case .unsuitableOrder(let parameter, let reason): "\(parameter) cannot be used: \(reason)"
    }
  }
}

/// Runs `body` with ONNX Runtime's errors turned into this module's.
func running<Result>(_ body: () throws(RuntimeError) -> Result) throws(TheftError) -> Result {
  do { return try body() } catch { throw .runtime(error) }
}

/// The same for training.
func training<Result>(_ body: () throws(TrainingError) -> Result) throws(TheftError) -> Result {
  do { return try body() } catch { throw .training(error) }
}
