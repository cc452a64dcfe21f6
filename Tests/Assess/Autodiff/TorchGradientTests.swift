// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAutodiff
import MartletBytes
import MartletFormats
import MartletRuntime
import Testing

@Suite("Gradients as torch computes them")
struct TorchGradientTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    .standardized

  /// A model of the examples, and what torch found for it.
  static let vectors =
    [
      ("Examples/digits/digits.onnx", "digits-gradient.npz"),
      ("Examples/breast-cancer/mlp.onnx", "breast-cancer-mlp-gradient.npz"),
    ]
    + ["resnet", "vit", "encoder", "tabular"].flatMap { name in
      // From torch's exporter, and from the one before it.
      ["", "-legacy"].map { ("Tests/Assess/Vectors/\(name)\($0).onnx", "\(name)-gradient.npz") }
    }

  @Test("the same logits, losses and slopes to four digits", arguments: vectors)
  func agrees(model path: String, vector name: String) throws {
    let model = try ONNXModel(try Bytes(contentsOf: Self.root.appending(path: path).path))
    let vector = try NumpyArchive(
      try Bytes(contentsOf: Self.root.appending(path: "Tests/Assess/Vectors/" + name).path))
    let loss = try LossGradient.of(model)
    let x = try #require(vector["x"])
    let found = try LossGradientTests.run(
      loss, try x.float32(), shape: x.shape, labels: try #require(vector["y"]).int64())
    for (name, values) in [("logits", found.logits), ("loss", found.losses), ("gradient", found.gradient)] {
      let expected = try #require(vector[name]).float32()
      try #require(expected.count == values.count)
      let scale = expected.map(abs).max() ?? 0
      let distance = zip(expected, values).map { abs($0 - $1) }.max() ?? 0
      #expect(scale > 0 && distance <= 1e-4 * scale, "\(name): off by \(distance) of \(scale)")
    }
  }

  @Test("a forest is refused with what to do instead")
  func forest() throws {
    let path = Self.root.appending(path: "Examples/breast-cancer/forest.onnx").path
    let model = try ONNXModel(try Bytes(contentsOf: path))
    let error = #expect(throws: AutodiffError.self) { try LossGradient.of(model) }
    #expect(error?.description.contains("only asks for predictions") == true)
  }
}
