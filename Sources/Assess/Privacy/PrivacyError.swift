// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFormats
package import MartletRuntime
package import MartletTraining

/// Why it could not be measured what a model tells of its training data.
package enum PrivacyError: Error, Equatable, Sendable {
  case model(ONNXError)
  case runtime(RuntimeError)
  case training(TrainingError)
  /// The records do not fit each other, the model or themselves. `reason` says what was expected, found, and what to do.
  case records(reason: String)
  /// The records would give a number that misleads.
  case misleading(reason: String)
  /// No output says how sure the model is of each class.
  case noScores(outputs: [String])
  /// An output has another shape than a row of scores for each record.
  case outputShape(name: String, found: [Int])
  /// Shadows were kept in a place that cannot be used.
  case cache(path: String, reason: String)
  /// A number of the order makes no sense.
  case unsuitableOrder(parameter: String, reason: String)
}

extension PrivacyError: CustomStringConvertible {
  package var description: String { words.visible }

  private var words: String {
    switch self {
    case .model(let error): error.description
    case .runtime(let error): error.description
    case .training(let error): error.description
    case .records(let reason): reason
    case .misleading(let reason): "not measured, because the number would mislead: \(reason)"
    case .noScores(let outputs):
      "expected an output with a row of scores for each record, one for each class, found "
        + (outputs.isEmpty ? "no output" : outputs.joined(separator: ", "))
    case .outputShape(let name, let found):
      "expected a row of scores for each record from the output '\(name)', found the shape \(found)"
    case .cache(let path, let reason): "\(path) cannot be used to keep shadows: \(reason)"
    case .unsuitableOrder(let parameter, let reason): "\(parameter) cannot be used: \(reason)"
    }
  }
}

/// Runs `body` with ONNX Runtime's errors turned into this module's.
func running<Result>(_ body: () throws(RuntimeError) -> Result) throws(PrivacyError) -> Result {
  do { return try body() } catch { throw .runtime(error) }
}

/// Runs `body` with the trainer's errors turned into this module's.
func trained<Result>(_ body: () throws(TrainingError) -> Result) throws(PrivacyError) -> Result {
  do { return try body() } catch { throw .training(error) }
}
