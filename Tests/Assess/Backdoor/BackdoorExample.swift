// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletONNXSchema
import MartletRuntime
import SwiftProtobuf
import Testing

@testable import MartletBackdoor

/// The models of `Fixtures`, and the data that they were not trained on.
enum BackdoorExample {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
  static let examples =
    URL(fileURLWithPath: folder).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/Examples/"

  static func fixture(_ name: String) throws -> Bytes {
    try Bytes(contentsOf: folder + "/Fixtures/" + name + ".onnx")
  }

  /// The first rows of the test part.
  static func data(_ path: String, rows: Int = .max, learned: Bool = false) throws -> CleanData {
    let archive = try NumpyArchive(Bytes(contentsOf: examples + path))
    func part(_ name: String) throws -> (Tensor, [Int64]) {
      let x = try #require(try archive["x_" + name])
      let y = try #require(try archive["y_" + name])
      return (try Tensor(float32: x.float32(), shape: x.shape), try y.int64())
    }
    let (x, y) = try part("test")
    let count = min(rows, y.count)
    return CleanData(
      inputs: x.rows(0..<count), labels: Array(y.prefix(count)), learned: learned ? try part("train") : nil,
      names: (try? archive["feature_names"]?.texts()) ?? nil)
  }

  static func digits(_ name: String) throws -> BackdoorAssessment {
    try BackdoorAssessment(
      model: fixture(name), data: data("digits/digits.npz"), library: RuntimeLibrary.open())
  }

  static func cancer(_ name: String) throws -> BackdoorAssessment {
    try BackdoorAssessment(
      model: fixture(name), data: data("breast-cancer/breast-cancer.npz", learned: true),
      library: RuntimeLibrary.open())
  }

  /// Small enough for a debug build.
  static let order = BackdoorOrder(references: 8, rows: 30, steps: 80)

  /// A change to a fixture's graph.
  static func changed(_ name: String, _ change: (inout ONNXModelProto) throws -> Void) throws -> Bytes {
    var proto = try ONNXModelProto(serializedBytes: fixture(name).array())
    try change(&proto)
    return Bytes(try proto.serializedBytes() as [UInt8])
  }
}
