// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletRuntime
import MartletTraining
import Testing

/// The models and data under `Examples/` and `Tests/Assess/Vectors/`.
enum TrainingExample {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static func bytes(_ path: String) throws -> Bytes { try Bytes(contentsOf: root + "/" + path) }

  static func model(_ path: String) throws -> ONNXModel { try ONNXModel(bytes(path)) }

  static func array(_ name: String, of path: String) throws -> NumpyArray {
    try #require(try NumpyArchive(bytes(path))[name])
  }

  static func tensor(_ name: String, of path: String) throws -> Tensor {
    let array = try array(name, of: path)
    return try Tensor(float32: array.float32(), shape: array.shape)
  }

  /// - Parameter part: `train` or `test`.
  static func digits(_ part: String) throws -> (inputs: Tensor, labels: [Int64]) {
    let path = "Examples/digits/digits.npz"
    return (try tensor("x_" + part, of: path), try array("y_" + part, of: path).int64())
  }
}

/// The digits network and its data, made ready once for all tests.
enum Digits {
  static let trainer = Result {
    try Trainer(
      try TrainingExample.model("Examples/digits/digits.onnx"), options: Trainer.Options(threads: 1),
      library: try RuntimeLibrary.open())
  }

  static func data() throws -> TrainingData {
    let (inputs, labels) = try TrainingExample.digits("train")
    return try TrainingData(inputs: inputs, labels: labels)
  }
}
