// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletONNXSchema

extension GraphBuilder {
  /// The model that computes the outputs, without anything that they do not need, verified.
  /// - Parameter keeping: inputs that stay even when nothing uses them.
  func finish(
    from model: ONNXModel, outputs: [String], keeping: Set<String> = []
  ) throws(AutodiffError) -> ONNXModelProto {
    var graph = ONNXGraphProto()
    graph.name = "gradient"
    graph.node = nodes.map(\.proto)
    let needed = graph.dependencies(of: outputs)
    graph.node = graph.node.filter { $0.output.contains(where: needed.contains) }.ordered(after: seeds)
    graph.input = inputs.filter { needed.contains($0.name) || keeping.contains($0.name) }
    graph.initializer = initializers.values.filter { needed.contains($0.name) }.sorted { $0.name < $1.name }
    graph.output = outputs.map(valueInfo)

    var proto = ONNXModelProto()
    // Before version 4, every constant had to be an input too.
    proto.irVersion = max(model.proto.irVersion, 4)
    proto.producerName = "martlet"
    proto.opsetImport = model.proto.opsetImport
    if graph.node.contains(where: { !$0.domain.isEmpty && $0.domain != "ai.onnx" }) {
      proto.functions = model.proto.functions
    }
    proto.graph = graph
    try graph.verify(keeping: keeping)
    return proto
  }

  /// Name, type and shape as the layout writes them.
  func valueInfo(_ name: String) -> ONNXValueInfoProto {
    var info = ONNXValueInfoProto()
    info.name = name
    guard let facts = facts[name] else { return info }
    info.type.tensorType.elemType = Int32(facts.type.rawValue)
    guard let shape = facts.shape else { return info }
    info.type.tensorType.shape.dim = shape.map { dim in
      var proto = ONNXTensorShapeProto.Dimension()
      if let size = dim.size { proto.dimValue = Int64(size) }
      return proto
    }
    return info
  }
}

extension [ONNXNodeProto] {
  /// The same nodes, those behind that depend on a seed. Of what a node waits for, ONNX Runtime computes first what stands last: so
  /// what the way back needs beside the gradient is made when it is needed, and not all of it before, to lie in memory meanwhile.
  fileprivate func ordered(after seeds: Set<String>) -> [ONNXNodeProto] {
    var dependent = seeds
    var (before, behind): ([ONNXNodeProto], [ONNXNodeProto]) = ([], [])
    for node in self {
      if node.input.contains(where: dependent.contains)
        || node.output.contains(where: seeds.contains)
        || node.subgraphs.contains(where: { !$0.allNames.isDisjoint(with: dependent) })
      {
        dependent.formUnion(node.output)
        behind.append(node)
      } else {
        before.append(node)
      }
    }
    return before + behind
  }
}

extension ONNXGraphProto {
  /// Everything that is used is made before, and everything that is made is used.
  func verify(keeping: Set<String> = []) throws(AutodiffError) {
    _ = try checkedNames()
    var used = Set(output.map(\.name))
    for node in node {
      used.formUnion(node.input)
      for graph in node.subgraphs { used.formUnion(graph.allNames) }
    }
    for name in initializer.map(\.name) + input.map(\.name)
    where !used.contains(name) && !keeping.contains(name) {
      throw .invalidGraph("nothing uses \(shown(name))")
    }
    for node in node where !node.output.contains(where: used.contains) {
      throw .invalidGraph("nothing uses what \(shown(node.opType)) makes")
    }
  }
}
