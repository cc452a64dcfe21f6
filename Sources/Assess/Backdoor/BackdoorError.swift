// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletAutodiff
package import MartletFormats
package import MartletRuntime
package import MartletTraining

/// Why it cannot be said whether a model carries a backdoor, or how it differs from its parent.
package enum BackdoorError: Error, Equatable, Sendable {
  case model(ONNXError)
  case runtime(RuntimeError)
  /// The model has no slope by its inputs. The error names the operator that stands in the way.
  case gradient(AutodiffError)
  /// The model's architecture cannot be trained anew, so that there are no clean models to compare it with.
  case training(TrainingError)
  /// The model is an ensemble of trees of another kind than a forest.
  case trees(reason: String)
  /// The data do not fit the model, or are no data.
  case data(reason: String)
  /// A file of tensors cannot be read.
  case tensors(path: String, reason: String)
  /// The parent has nothing in common with the model.
  case unrelated(parent: String, reason: String)
  /// The folder of references cannot be used.
  case cache(path: String, reason: String)
  /// What was asked for makes no sense.
  case unsuitableOrder(parameter: String, reason: String)
}

extension BackdoorError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .model(let error): error.description
    case .runtime(let error): error.description
    case .gradient(let error):
      "no trigger can be searched for: \(error.description). --parent compares such a model with the one it was made from"
    case .training(let error):
      "no clean models like it can be trained to compare it with: \(error.description). --parent compares it with the "
        + "one it was made from"
    case .trees(let reason):
      "no clean models like it can be grown to compare it with: \(reason). --parent compares it with the one it was made from"
    case .data(let reason): reason
    case .tensors(let path, let reason): "\(path): \(reason)"
    case .unrelated(let parent, let reason):
      "\(parent): \(reason): name the model that this one was made from"
    case .cache(let path, let reason): "\(path): \(reason)"
    case .unsuitableOrder(let parameter, let reason): "\(parameter) cannot be used: \(reason)"
    }
  }
}

/// Runs `body` with ONNX Runtime's errors turned into this module's.
func running<Result>(_ body: () throws(RuntimeError) -> Result) throws(BackdoorError) -> Result {
  do { return try body() } catch { throw .runtime(error) }
}

/// The same for training.
func training<Result>(_ body: () throws(TrainingError) -> Result) throws(BackdoorError) -> Result {
  do { return try body() } catch { throw .training(error) }
}
