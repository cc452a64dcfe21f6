// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletONNXSchema
import MartletRuntime
import SwiftProtobuf

/// A model that is only asked: a forest.
struct AskedModel: Sendable {
  private let session: Session
  private let input: ValueInfo
  private let output: String
  let classes: Int
  /// Of the forest.
  let trees: Int

  /// - Throws: ``BackdoorError/trees(reason:)`` for anything but one forest whose trees vote, ``BackdoorError/runtime(_:)``.
  init(_ model: ONNXModel, library: RuntimeLibrary) throws(BackdoorError) {
    let nodes = model.proto.graph.node.filter { $0.opType.hasPrefix("TreeEnsemble") }
    guard nodes.count == 1, let node = nodes.first, node.opType == "TreeEnsembleClassifier" else {
      throw .trees(reason: "expected one TreeEnsembleClassifier, found another ensemble of trees")
    }
    var trees: Set<Int64> = []
    var names = 0
    for attribute in node.attribute {
      switch attribute.name {
      case "nodes_treeids": trees = Set(attribute.ints)
      case "classlabels_int64s": names = attribute.ints.count
      case "classlabels_strings": names = attribute.strings.count
      case "post_transform" where String(decoding: attribute.s, as: UTF8.self) != "NONE":
        throw .trees(
          reason: "expected a forest whose trees vote, found boosted trees, which add up scores")
      default: continue
      }
    }
    guard names > 1, !trees.isEmpty else {
      throw .trees(reason: "expected a forest that names two classes or more, found \(names)")
    }
    (classes, self.trees) = (names, trees.count)
    var proto = model.proto
    // Maps from class to score, as scikit-learn's exporter writes them, hide the scores.
    for map in model.proto.graph.node where map.opType == "ZipMap" {
      guard let scores = map.input.first else { continue }
      var info = ONNXValueInfoProto()
      info.name = scores
      info.type.tensorType.elemType = Int32(ONNXTensorProto.DataType.float.rawValue)
      info.type.tensorType.shape.dim = [.init(), .init()]
      proto.graph.output.removeAll { map.output.contains($0.name) || $0.name == scores }
      proto.graph.output.append(info)
    }
    proto.graph.node.removeAll { $0.opType == "ZipMap" }
    let bytes = try Self.bytes(of: proto)
    session = try running { () throws(RuntimeError) in
      try Session(library: library, model: bytes.span, options: .init(threads: 1))
    }
    guard session.inputs.count == 1 else {
      throw .trees(
        reason: "expected a model with one input, found \(session.inputs.map(\.name).joined(separator: ", "))"
      )
    }
    input = session.inputs[0]
    guard let scores = session.outputs.first(where: { $0.type == .float32 && $0.shape?.count == 2 }) else {
      throw .trees(reason: "expected an output of float32 with a score for each class, found none")
    }
    output = scores.name
  }

  private static func bytes(of proto: ONNXModelProto) throws(BackdoorError) -> [UInt8] {
    do { return try proto.serializedBytes() } catch {
      throw .trees(reason: "expected a model of less than 2 GiB, found a larger one")
    }
  }

  /// For each row a score of each class.
  func scores(_ values: [Float], width: Int) throws(BackdoorError) -> [Float] {
    let rows = values.count / width
    let isDouble = input.type == .float64
    let made = try running { () throws(RuntimeError) in
      let batch =
        isDouble
        ? try Tensor(float64: values.map(Double.init), shape: [rows, width])
        : try Tensor(float32: values, shape: [rows, width])
      return try session.run([(input.name, batch)], outputs: [output])[output]?.array(of: Float.self) ?? []
    }
    guard made.count == rows * classes else {
      throw .data(
        reason: "expected \(classes) scores for each row, found \(made.count / max(1, rows))")
    }
    return made
  }

  func labels(_ values: [Float], width: Int) throws(BackdoorError) -> [Int] {
    Self.labels(try scores(values, width: width), classes: classes)
  }

  static func labels(_ scores: [Float], classes: Int) -> [Int] {
    stride(from: 0, to: scores.count, by: classes).map { start in
      let own = scores[start..<start + classes]
      return (own.firstIndex(of: own.max() ?? 0) ?? start) - start
    }
  }
}
