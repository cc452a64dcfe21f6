// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAutodiff
import MartletFormats
import MartletONNXSchema
import Testing

private typealias S = Sketch

@Suite("Weights in other files, and weights that are inputs too")
struct ExternalWeightsTests {
  /// A model that multiplies by three weights which lie at an offset in a file.
  private func model(_ facts: [(String, String)]) throws -> ONNXModel {
    var weights = S.tensor("w", [], [3])
    weights.dataLocation = .external
    weights.externalData = facts.map { fact in
      var entry = ONNXStringStringEntryProto()
      (entry.key, entry.value) = fact
      return entry
    }
    return try S.model(
      [S.node("Mul", ["x", "w"], ["y"])], inputs: [S.value("x", [nil, 3])], outputs: [S.value("y", nil)],
      constants: [weights])
  }

  /// A folder with a file of weights, a folder with another, and links.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let manager = FileManager.default
    let folder = manager.temporaryDirectory.appendingPathComponent("external-\(UUID().uuidString)")
    let inner = folder.appendingPathComponent("model/parts")
    try manager.createDirectory(at: inner, withIntermediateDirectories: true)
    defer { try? manager.removeItem(at: folder) }
    let bytes = [Float]([9, 2, 3, 4]).withUnsafeBytes { Data($0) }
    for path in ["outside", "model/weights", "model/parts/weights"] {
      try bytes.write(to: folder.appendingPathComponent(path))
    }
    let model = folder.appendingPathComponent("model").path
    try manager.createSymbolicLink(atPath: model + "/link", withDestinationPath: "../outside")
    try manager.createSymbolicLink(atPath: model + "/up", withDestinationPath: "..")
    try manager.createSymbolicLink(atPath: model + "/near", withDestinationPath: "weights")
    try body(model)
  }

  @Test("weights in the model's folder are read", arguments: ["weights", "parts/weights"])
  func inside(location: String) throws {
    try withFolder { folder in
      let whole = try model([("location", location), ("offset", "4"), ("length", "12")])
        .withWeightsInside(from: folder)
      let tensor = whole.proto.graph.initializer[0]
      #expect(tensor.rawData == [Float]([2, 3, 4]).withUnsafeBytes { Data($0) })
      #expect(tensor.dataLocation == .default && tensor.externalData.isEmpty)
      let gradient = try Gradient.of(whole, target: "y", withRespectTo: ["x", "w"])
      #expect(gradient.gradientNames.count == 2)
    }
  }

  static let refused: [[(String, String)]] = [
    [("location", "../outside")], [("location", "/etc/passwd")], [("location", "parts/../../outside")],
    [("location", "link")], [("location", "near")], [("location", "up/outside")], [("location", "")],
    [("location", ".")], [("location", "parts")], [("location", "parts//weights")], [("location", "none")],
    [("location", "*/_ORT_MEM_ADDR_/*")], [("location", "weights\u{0}")], [("location", "..\\outside")],
    [("location", "weights"), ("offset", "8")], [("location", "weights"), ("offset", "-4")],
    [("location", "weights"), ("offset", "\(Int.max)")], [("location", "weights"), ("length", "8")],
    [("location", "weights"), ("offset", "many")], [("location", "weights"), ("location", "link")],
    [("offset", "0")],
  ]

  @Test("everything else is refused with the tensor's name", arguments: refused.indices)
  func elsewhere(_ index: Int) throws {
    try withFolder { folder in
      let error = #expect(throws: AutodiffError.self) {
        try model(Self.refused[index]).withWeightsInside(from: folder)
      }
      #expect(error?.description.contains("'w'") == true)
    }
  }

  @Test("a size that no file has asks for no memory")
  func enormous() throws {
    try withFolder { folder in
      var proto = try model([("location", "weights")]).proto
      for dims: [Int64] in [[1 << 28], [1 << 40], [Int64.max, 2], [-1]] {
        proto.graph.initializer[0].dims = dims
        #expect(throws: AutodiffError.self) { try ONNXModel(proto).withWeightsInside(from: folder) }
      }
    }
  }

  @Test("an initialiser that is an input too counts as a weight, and can be differentiated for")
  func initialiserAndInput() throws {
    let model = try S.model(
      [S.node("Mul", ["x", "w"], ["y"])], inputs: [S.value("x", [nil, 3]), S.value("w", [3])],
      outputs: [S.value("y", nil)], constants: [S.tensor("w", [1, 2, 3], [3])], opset: 7)
    let gradient = try Gradient.of(model, target: "y", withRespectTo: ["x", "w"])
    #expect(gradient.proto.graph.input.map(\.name) == ["x", gradient.seedName])
    #expect(gradient.gradientNames.count == 2)
    #expect(try LossGradient.of(model).inputName == "x")
  }
}
