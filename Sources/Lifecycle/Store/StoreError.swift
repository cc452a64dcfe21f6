// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletEvidence

/// Why a store cannot be used, or a step of a life cannot be taken. Every one is a sentence for the user, and means that
/// nothing was decided.
package enum StoreError: Error, Equatable, Sendable {
  case missingKey(String)
  case noStore(String)
  /// A setting that is no number of seconds.
  case lockWait(String)
  case artifact(String)
  case data(String)
  case notReleased(model: String)
  /// A calibration for a model that the store does not have.
  case noVersion(Digest)
  case noModelFile(model: String)
  /// A policy that cannot be used here.
  case policy(String)
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missingKey(let path):
      "the key \(path) of this store is missing: put it back from your backup, or use another MARTLET_HOME"
    case .noStore(let path): "there is no store at \(path): martlet protect makes one, or set MARTLET_HOME"
    case .lockWait(let text):
      "expected MARTLET_LOCK_WAIT as seconds from 0 to 86400, found `\(text.prefix(40))`"
    case .artifact(let why): why
    case .data(let why): why
    case .notReleased(let model): "the model \(model) is not released"
    case .noVersion(let digest):
      "the store has no model with the digest \(digest.hex), which this calibration is for: bring the model in with `martlet protect` or `martlet push` first"
    case .policy(let why): why
    case .noModelFile(let model): "the model \(model) has no single ONNX file that could be run"
    }
  }
}
