// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletRuntime

/// A question to a model in the words of the Open Inference Protocol v2, whichever way it was sent.
package struct InferenceRequest: Sendable {
  /// The asker's own mark; the answer repeats it.
  package let id: String?
  package let inputs: [(name: String, tensor: Tensor)]
  /// The outputs asked for; `nil` for all.
  package let outputs: [RequestedOutput]?
  /// How outputs are to come that say nothing themselves: `binary_data_output`.
  package let wantsBinary: Bool

  package init(
    id: String? = nil, inputs: [(name: String, tensor: Tensor)], outputs: [RequestedOutput]? = nil,
    wantsBinary: Bool = false
  ) {
    self.id = id
    self.inputs = inputs
    self.outputs = outputs
    self.wantsBinary = wantsBinary
  }

  /// Whether an output is to come as raw bytes behind the JSON.
  package func wantsBinary(_ output: String) -> Bool {
    outputs?.first { $0.name == output }?.isBinary ?? wantsBinary
  }
}

/// An output that is asked for.
package struct RequestedOutput: Equatable, Sendable {
  package let name: String
  /// Whether it is to come as raw bytes; `nil` where the request does not say: `binary_data`.
  package let isBinary: Bool?

  package init(_ name: String, isBinary: Bool? = nil) {
    self.name = name
    self.isBinary = isBinary
  }
}

/// The answer.
package struct InferenceResponse: Sendable {
  package let model: String
  package let version: String
  package let id: String?
  /// In the order of the request, or of the model's outputs where it names none.
  package let outputs: [(name: String, tensor: Tensor)]

  package init(model: String, version: String, id: String?, outputs: [(name: String, tensor: Tensor)]) {
    self.model = model
    self.version = version
    self.id = id
    self.outputs = outputs
  }
}
