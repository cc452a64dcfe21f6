// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEncrypt
import MartletEvidence
import MartletInference
import MartletLifecycle
import MartletRegistry
import MartletRuntime

/// A released version, loaded and ready to answer.
final class HostedModel: Sendable {
  let name: String
  let version: Int
  let digest: Digest
  private let session: Session

  init(_ released: ReleasedModel, _ opened: borrowing OpenedModel, library: RuntimeLibrary, threads: Int)
    throws
  {
    name = released.version.model
    version = released.version.number
    digest = released.version.digest
    session = unsafe try opened.bytes.withUnsafeBytes { model throws(RuntimeError) in
      unsafe try Session(library: library, model: model, options: .init(threads: threads))
    }
  }

  /// Answers one question.
  /// - Throws: `RuntimeError` when the tensors are not those the model takes, or the model fails on them.
  func answer(_ request: InferenceRequest) throws(RuntimeError) -> InferenceResponse {
    let found = try session.run(request.inputs, outputs: request.outputs)
    let names = request.outputs ?? session.outputs.map(\.name)
    return InferenceResponse(
      model: name, version: "\(version)", id: request.id,
      outputs: names.compactMap { name in found[name].map { (name, $0) } })
  }

  /// The model's metadata in the words of the protocol.
  var metadata: ModelMetadata {
    ModelMetadata(
      name: name, versions: ["\(version)"], platform: "onnx", inputs: session.inputs.map(Self.tensor),
      outputs: session.outputs.map(Self.tensor))
  }

  private static func tensor(_ info: ValueInfo) -> ModelMetadata.Tensor {
    let shape = (info.shape ?? []).map { dimension -> Int in
      if case .fixed(let size) = dimension { size } else { -1 }
    }
    return ModelMetadata.Tensor(
      name: info.name, datatype: info.type.map(TensorName.of) ?? info.typeName, shape: shape)
  }
}

/// `GET /v2/models/{model}`. A size that may vary is -1.
struct ModelMetadata: Codable, Sendable {
  struct Tensor: Codable, Sendable {
    let name: String
    let datatype: String
    let shape: [Int]
  }

  let name: String
  let versions: [String]
  let platform: String
  let inputs: [Tensor]
  let outputs: [Tensor]
}
