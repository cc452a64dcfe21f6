// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletRuntime
import MartletTraining
import Testing

@testable import MartletPrivacy

/// Models that leak, and one that cannot, on the breast cancer data of the examples.
enum PrivacyExample {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static func bytes(_ path: String) throws -> Bytes { try Bytes(contentsOf: root + "/" + path) }

  static func cancer() throws -> (values: [Float], labels: [Int64]) {
    let archive = try NumpyArchive(bytes("Examples/breast-cancer/breast-cancer.npz"))
    var values: [Float] = []
    var labels: [Int64] = []
    for part in ["train", "test"] {
      values += try #require(try archive["x_" + part]).float32()
      labels += try #require(try archive["y_" + part]).int64()
    }
    return (values, labels)
  }

  /// Rows of the data. Values are scaled to about -1 to 1, so that networks learn.
  static func records(_ rows: [Int], _ name: String, labels changed: [Int64]? = nil) throws -> AuditRecords {
    let (values, labels) = try cancer()
    let chosen = rows.flatMap { values[$0 * 30..<($0 + 1) * 30] }
    return try AuditRecords(
      inputs: try Tensor(float32: chosen, shape: [rows.count, 30]),
      labels: changed ?? rows.map { labels[$0] },
      ids: rows.map(Int64.init), name: name)
  }

  /// Random numbers as records, with random labels, which can only be learned by heart.
  static func noise(_ rows: Int, seed: UInt64, name: String) throws -> AuditRecords {
    var random = SeededRandom(seed: seed, stream: 3)
    let values = (0..<rows * 30).map { _ in Float(random.next() >> 40) * 0x1p-23 - 1 }
    return try AuditRecords(
      inputs: try Tensor(float32: values, shape: [rows, 30]),
      labels: (0..<rows).map { _ in Int64(random.next() >> 63) }, name: name)
  }

  static let network = Result { try ONNXModel(bytes("Examples/breast-cancer/mlp.onnx")) }
  static let library = Result { try RuntimeLibrary.open() }

  /// The network of the example, which learned some records by heart.
  static func learned(_ records: AuditRecords, epochs: Int) throws -> TargetModel {
    let trainer = try Trainer(
      try network.get(), options: .init(optimiser: .adamW(decay: 0)), library: try library.get())
    let data = try TrainingData(inputs: records.inputs, labels: records.labels)
    let model = try trainer.train(
      data,
      recipe: TrainingRecipe(epochs: epochs, batchSize: 32, learningRate: 5e-3, schedule: .constant, seed: 1))
    return try TargetModel(Bytes(try model.bytes()), library: try library.get())
  }

  static func npz(_ arrays: [WrittenArray]) -> Bytes { Bytes(NumpyArchive.encoded(arrays)) }
}
