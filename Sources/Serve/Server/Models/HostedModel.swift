// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEncrypt
import MartletEvidence
import MartletFormats
import MartletGuard
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
  /// The one that it is guarded by.
  let calibration: Digest?
  /// In the words of the protocol.
  let inputs: [ModelMetadata.Tensor]
  let settings: ModelSettings
  /// Answers several questions together, where that is asked for and the model can.
  let batcher: Batcher?

  /// Stands in front of its answers.
  let sentry: Sentry

  private let session: Session
  /// What the guard looks at beside the outputs.
  private let layer: String?
  /// The same where it is only for the guard, and no output of the model.
  private let hidden: String?
  private let versionText: String
  private let inside = Atomic(0)
  /// Nanoseconds of a run, smoothed.
  private let pace = Atomic<Int64>(.max)

  /// - Parameters:
  ///   - wanted: the calibration that it is to be guarded by.
  ///   - other: the same version with another calibration, whose session serves for this one too where both look at one layer.
  ///   - open: decrypts the model.
  init(
    _ released: ReleasedModel, guardedBy wanted: Digest?, like other: HostedModel? = nil,
    library: RuntimeLibrary, threads: Int, settings: ModelSettings, posts: GuardPosts,
    open: () throws -> OpenedModel
  ) throws {
    name = released.version.model
    version = released.version.number
    versionText = "\(released.version.number)"
    digest = released.version.digest
    self.settings = settings
    self.calibration = wanted
    let calibration = try posts.calibration(for: released.version, wanted)
    layer = calibration?.layer
    let isShared = other.map { $0.layer == calibration?.layer } ?? false
    if isShared, let other {
      (session, hidden, batcher) = (other.session, other.hidden, other.batcher)
    } else {
      (session, hidden) = try Self.session(open(), library, threads, exposing: calibration?.layer)
      batcher = settings.batch.flatMap { [session] in Batcher(session, $0) }
    }
    let outputs = session.outputs.filter { [hidden] in $0.name != hidden }
    sentry = try posts.sentry(
      for: released.version, calibration,
      outputs: .init(all: outputs.map(\.name), scores: calibration?.output ?? Self.scores(outputs)))
    inputs = session.inputs.map(Self.tensor)
    if !isShared { warmUp() }
  }

  /// Runs the model, on this thread.
  /// - Parameter outputs: what is wanted of it; nil for all, and what is for the guard.
  /// - Throws: `RuntimeError` when the tensors are not those the model takes, or the model fails on them.
  func run(
    _ inputs: [(name: String, tensor: Tensor)], outputs: [String]?
  ) throws(RuntimeError) -> [String: Tensor] {
    let begun = ContinuousClock.now
    let found = try session.run(inputs, outputs: outputs)
    note(ContinuousClock.now - begun)
    return found
  }

  /// The answer with what the guard lets out.
  func response(
    to request: InferenceRequest, _ outputs: [(name: String, tensor: Tensor)]
  ) -> InferenceResponse {
    InferenceResponse(model: name, version: versionText, id: request.id, outputs: outputs)
  }

  /// Loads the model so that it gives a layer beside its outputs, if one is wanted.
  /// - Returns: the session, and the layer where that is no output of the model itself.
  private static func session(
    _ opened: borrowing OpenedModel, _ library: RuntimeLibrary, _ threads: Int, exposing layer: String?
  ) throws -> (Session, hidden: String?) {
    func load(_ bytes: borrowing SecretBytes) throws -> Session {
      unsafe try bytes.withUnsafeBytes { model throws(RuntimeError) in
        unsafe try Session(library: library, model: model, options: .init(threads: threads))
      }
    }
    guard let layer else { return (try load(opened.bytes), nil) }
    let more = ONNXModel.exposure(of: layer)
    do { return (try load(SecretBytes(copying: opened.bytes.span, then: more.span)), layer) } catch {
      // A layer that the model gives itself cannot be given twice.
      let session = try load(opened.bytes)
      guard session.outputs.contains(where: { $0.name == layer }) else { throw error }
      return (session, nil)
    }
  }

  /// The output with scores of a model that nobody has calibrated a guard for: rows of several floating-point numbers, or else one.
  private static func scores(_ outputs: [ValueInfo]) -> String? {
    let floats = outputs.filter {
      $0.type.map { [.float32, .float64, .float16, .bfloat16].contains($0) } ?? false
    }
    let table = floats.first {
      ($0.shape?.count ?? 0) >= 2 && $0.shape?[1] != .fixed(1)
        && ($0.shape ?? []).dropFirst(2).allSatisfy { $0 == .fixed(1) }
    }
    return (table ?? floats.first)?.name
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
      outputs: session.outputs.filter { $0.name != hidden }.map(Self.tensor))
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
    for _ in 0..<3 { guard (try? run(tensors, outputs: nil)) != nil else { return } }
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
