// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEncrypt
import MartletEvidence
import MartletInference
import MartletLifecycle
import MartletRegistry
import MartletRuntime
import Synchronization

/// A released version, loaded and ready to answer.
final class HostedModel: Sendable {
  let name: String
  let version: Int
  let digest: Digest
  /// In the words of the protocol.
  let inputs: [ModelMetadata.Tensor]
  let settings: ModelSettings
  /// Answers several questions together, where that is asked for and the model can.
  let batcher: Batcher?

  private let session: Session
  private let versionText: String
  private let inside = Atomic(0)
  /// Nanoseconds of a run, smoothed.
  private let pace = Atomic<Int64>(.max)

  init(
    _ released: ReleasedModel, _ opened: borrowing OpenedModel, library: RuntimeLibrary, threads: Int,
    settings: ModelSettings
  ) throws {
    name = released.version.model
    version = released.version.number
    versionText = "\(released.version.number)"
    digest = released.version.digest
    self.settings = settings
    let session = unsafe try opened.bytes.withUnsafeBytes { model throws(RuntimeError) in
      unsafe try Session(library: library, model: model, options: .init(threads: threads))
    }
    self.session = session
    inputs = session.inputs.map(Self.tensor)
    batcher = settings.batch.flatMap { Batcher(session, $0) }
    warmUp()
  }

  /// Answers one question, on this thread.
  /// - Throws: `RuntimeError` when the tensors are not those the model takes, or the model fails on them.
  func answer(_ request: InferenceRequest) throws(RuntimeError) -> InferenceResponse {
    let begun = ContinuousClock.now
    let found = try session.run(request.inputs, outputs: request.outputs?.map(\.name))
    note(ContinuousClock.now - begun)
    return response(to: request, found)
  }

  /// The answer that a run came to.
  func response(to request: InferenceRequest, _ found: [String: Tensor]) -> InferenceResponse {
    let names = request.outputs?.map(\.name) ?? session.outputs.map(\.name)
    return InferenceResponse(
      model: name, version: versionText, id: request.id,
      outputs: names.compactMap { name in found[name].map { (name, $0) } })
  }

  /// Whether it answers faster than another thread could be asked to.
  var isQuick: Bool { pace.load(ordering: .relaxed) < 200_000 }

  /// Lets one question in.
  /// - Returns: false when as many are inside as may be; otherwise ``leave()`` is due.
  func enter() -> Bool {
    if inside.add(1, ordering: .relaxed).newValue <= settings.concurrency { return true }
    leave()
    return false
  }

  func leave() { inside.subtract(1, ordering: .relaxed) }

  /// What the protocol says about the model.
  /// - Parameter versions: those that answer.
  func metadata(versions: [Int]) -> ModelMetadata {
    ModelMetadata(
      name: name, versions: versions.map { "\($0)" }, platform: "onnx", inputs: inputs,
      outputs: session.outputs.map(Self.tensor))
  }

  /// Runs the model on zeros, so that the first who asks does not wait for what ONNX Runtime sets up at the first run. A model that
  /// cannot answer zeros may answer other questions.
  private func warmUp() {
    var tensors: [(name: String, tensor: Tensor)] = []
    for input in session.inputs {
      guard let type = input.type, let declared = input.shape else { return }
      let shape = declared.map { if case .fixed(let size) = $0 { size } else { 1 } }
      guard let tensor = try? Tensor(zeros: type, shape: shape, atMost: Self.mostToWarmUp) else { return }
      tensors.append((input.name, tensor))
    }
    for _ in 0..<3 { guard (try? answer(InferenceRequest(inputs: tensors))) != nil else { return } }
  }

  /// Elements of an input.
  private static let mostToWarmUp = 1 << 22

  private func note(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let now = seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000
    let before = pace.load(ordering: .relaxed)
    // The first run is not like the others.
    pace.store(
      before == .max ? .max - 1 : before == .max - 1 ? now : before - before / 8 + now / 8, ordering: .relaxed
    )
  }

  private static func tensor(_ info: ValueInfo) -> ModelMetadata.Tensor {
    let shape = (info.shape ?? []).map { dimension -> Int in
      if case .fixed(let size) = dimension { size } else { -1 }
    }
    return ModelMetadata.Tensor(
      name: info.name, datatype: info.type.map(TensorName.of) ?? info.typeName, shape: shape)
  }
}
