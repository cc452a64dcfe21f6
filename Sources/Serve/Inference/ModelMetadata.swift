// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What the protocol says about a model: `GET /v2/models/{model}`.
package struct ModelMetadata: Codable, Equatable, Sendable {
  package struct Tensor: Codable, Equatable, Sendable {
    package let name: String
    package let datatype: String
    /// A size that may vary is -1.
    package let shape: [Int]

    package init(name: String, datatype: String, shape: [Int]) {
      self.name = name
      self.datatype = datatype
      self.shape = shape
    }
  }

  package let name: String
  package let versions: [String]
  package let platform: String
  package let inputs: [Tensor]
  package let outputs: [Tensor]

  package init(name: String, versions: [String], platform: String, inputs: [Tensor], outputs: [Tensor]) {
    self.name = name
    self.versions = versions
    self.platform = platform
    self.inputs = inputs
    self.outputs = outputs
  }
}

/// What the protocol says about a server: `GET /v2`.
package struct ServerMetadata: Codable, Equatable, Sendable {
  package let name: String
  package let version: String
  package let extensions: [String]

  package init(name: String, version: String) {
    self.name = name
    self.version = version
    extensions = ["binary_tensor_data"]
  }
}
