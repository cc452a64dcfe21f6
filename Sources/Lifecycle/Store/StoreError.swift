// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why a store cannot be used, or a step of a life cannot be taken. Every one is a sentence for the user, and means that
/// nothing was decided.
package enum StoreError: Error, Equatable, Sendable {
  case missingKey(String)
  case artifact(String)
  case data(String)
  case notReleased(model: String)
  case noModelFile(model: String)
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missingKey(let path):
      "the key \(path) of this store is missing: put it back from your backup, or use another MARTLET_HOME"
    case .artifact(let why): why
    case .data(let why): why
    case .notReleased(let model): "the model \(model) is not released"
    case .noModelFile(let model): "the model \(model) has no single ONNX file that could be run"
    }
  }
}
