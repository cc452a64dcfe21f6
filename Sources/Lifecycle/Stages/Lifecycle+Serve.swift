// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletEncrypt
import MartletEvidence
package import MartletRegistry

/// A version that may answer questions: the registry says it is released, the newest decision about its digest, signed
/// by this store, says so too, and the policy that holds still agrees. Only ``Lifecycle/released(_:version:)`` makes one.
package struct ReleasedModel: Sendable {
  package let version: ModelVersion

  fileprivate init(_ version: ModelVersion) {
    self.version = version
  }
}

/// The plaintext of a model's file, in locked memory that is wiped when this value ends. It is never written anywhere.
package struct OpenedModel: ~Copyable, Sendable {
  package let bytes: SecretBytes

  fileprivate init(_ bytes: consuming SecretBytes) {
    self.bytes = bytes
  }
}

extension Lifecycle {
  /// The version of a model that answers: the newest released one, or the one asked for. When something has changed since it
  /// was decided about, such as a policy, a signer or the age of its evidence, it is decided about first.
  /// - Throws: ``StoreError/notReleased(model:)`` for a model that is not there, too: who may not see it learns nothing.
  package func released(_ model: String, version number: Int? = nil) throws -> ReleasedModel {
    // The root is computed anew: a manifest row that was exchanged would lead to other blobs under a genuine decision.
    guard let version = try store.registry.released(model, number: number),
      version.manifest.root == version.digest, try isStillReleased(version, at: Date())
    else { throw StoreError.notReleased(model: model) }
    return ReleasedModel(version)
  }

  /// Decrypts the model's ONNX file in memory.
  package func open(_ model: ReleasedModel) throws -> OpenedModel {
    let resources = model.version.manifest.resources
    let runnable = resources.filter { $0.name == "." || $0.name.hasSuffix(".onnx") }
    guard model.version.format == "onnx", runnable.count == 1 else {
      throw StoreError.noModelFile(model: model.version.model)
    }
    return OpenedModel(try store.blobs.open(runnable[0].digest, with: store.identity))
  }
}
