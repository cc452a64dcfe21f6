// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletRuntime

/// A question to a model in the words of the Open Inference Protocol v2, whichever way it was sent.
package struct InferenceRequest: Sendable {
  /// The asker's own mark; the answer repeats it.
  package let id: String?
  package let inputs: [(name: String, tensor: Tensor)]
  /// The outputs asked for; `nil` for all.
  package let outputs: [String]?
}

/// The answer.
package struct InferenceResponse: Sendable {
  package let model: String
  package let version: String
  package let id: String?
  /// In the order of the model's outputs.
  package let outputs: [(name: String, tensor: Tensor)]

  package init(model: String, version: String, id: String?, outputs: [(name: String, tensor: Tensor)]) {
    self.model = model
    self.version = version
    self.id = id
    self.outputs = outputs
  }
}
