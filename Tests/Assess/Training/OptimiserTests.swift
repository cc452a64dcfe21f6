// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletFormats
import MartletRuntime
import MartletTraining
import Testing

@Suite("Steps of training beside torch's")
struct OptimiserTests {
  /// Eight steps of 16 examples each, as `Tests/Assess/Vectors/training.py` takes them.
  struct Vector: CustomTestStringConvertible, Sendable {
    let name: String
    let optimiser: Optimiser
    var clipping: Double?
    var isSoft = false

    var testDescription: String { name }
  }

  static let vectors = [
    Vector(name: "sgd", optimiser: .sgd(momentum: 0)),
    Vector(name: "momentum", optimiser: .sgd(momentum: 0.9, decay: 0.01), isSoft: true),
    Vector(name: "adamw", optimiser: .adamW()),
    Vector(name: "adamw-decay", optimiser: .adamW(beta1: 0.8, beta2: 0.95, epsilon: 1e-6, decay: 0.3)),
    Vector(name: "clipped", optimiser: .sgd(momentum: 0.9), clipping: 0.5),
  ]

  static let archive = Result {
    try NumpyArchive(try TrainingExample.bytes("Tests/Assess/Vectors/training.npz"))
  }

  static func array(_ name: String) throws -> NumpyArray { try #require(try archive.get()[name]) }

  static func tensor(_ name: String) throws -> Tensor {
    let array = try array(name)
    return try Tensor(float32: array.float32(), shape: array.shape)
  }

  @Test(arguments: vectors, [BatchStatistics.ofBatch, .running])
  func agreesWithTorch(_ vector: Vector, _ statistics: BatchStatistics) throws {
    let trainer = try Trainer(
      try TrainingExample.model("Tests/Assess/Vectors/training.onnx"),
      options: Trainer.Options(
        optimiser: vector.optimiser, clipping: vector.clipping, batchStatistics: statistics),
      library: try RuntimeLibrary.open())
    let x = try Self.tensor("x")
    let labels = try Self.array("y").int64()
    let data =
      vector.isSoft
      ? try TrainingData(inputs: x, probabilities: try Self.tensor("soft"))
      : try TrainingData(inputs: x, labels: labels)
    let prefix = (statistics == .ofBatch ? "batch." : "running.") + vector.name + "."
    let losses = try Self.array(prefix + "losses").float32()
    var state = try trainer.state(.model, seed: 0)
    for (step, expected) in losses.enumerated() {
      let batch = try data.batch(Array(step * 16..<(step + 1) * 16), classes: 3)
      let loss = try trainer.step(&state, batch, learningRate: 0.02)
      #expect(abs(loss - expected) < 1e-5, "step \(step): \(loss), torch \(expected)")
    }
    let trained = trainer.trained(state)
    var checked = 0
    for (name, values) in try trained.constants() {
      let expected = try Self.array(prefix + name).float32()
      let off = zip(values, expected).map { abs($0 - $1) }.max() ?? 1
      #expect(values.count == expected.count && off < 1e-5, "\(name) is off by \(off)")
      checked += 1
    }
    #expect(checked == 12)
  }
}
