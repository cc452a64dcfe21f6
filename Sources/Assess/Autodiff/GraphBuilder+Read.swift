// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
package import MartletONNXSchema

extension GraphBuilder {
  /// The part of a model's graph that the targets depend on, checked: every name is made once, and before it is used.
  ///
  /// An initialiser that is also an input counts as a constant. What the file says about shapes between the
  /// inputs and the outputs (`value_info`) is not believed; shapes are inferred.
  ///
  /// - Parameter learning: the constants that become inputs, and how batch normalisations go.
  /// - Throws: ``AutodiffError/operatorSet(found:)``, ``AutodiffError/invalidGraph(_:)``, and
  ///   ``AutodiffError/noSuchTensor(name:role:available:)`` for a target that the graph does not make.
  convenience init(
    reading model: ONNXModel, for targets: [String],
    learning: (parameters: ParameterList, statistics: BatchStatistics)? = nil
  ) throws(AutodiffError) {
    let graph = model.proto.graph
    self.init(opset: try model.operatorSet(), reserving: graph.allNames)
    let defined = try graph.checkedNames()
    for target in targets where !defined.contains(target) {
      throw .noSuchTensor(name: target, role: "tensor", available: graph.output.map(\.name))
    }
    let needed = graph.dependencies(of: targets)
    let reads = graph.reads(of: needed, targets: targets)
    let constants = Set(graph.initializer.map(\.name))
    for info in graph.input where !constants.contains(info.name) {
      addInput(info, try facts(of: info))
    }
    var replaced: Set<String> = []
    if let parameters = learning?.parameters {
      replaced = Set((parameters.weights + parameters.statistics).map(\.name))
      let weights = try addList(parameters.weights, named: "weights")
      parameterLists = (weights, try addList(parameters.statistics, named: "statistics"))
    }
    for tensor in graph.initializer where needed.contains(tensor.name) && !replaced.contains(tensor.name) {
      guard !tensor.isExternal else {
        throw .unsuitableTensor(
          name: tensor.name, role: "weight",
          reason:
            "its values lie in another file; bring them in with withWeightsInside(from:), or save the model with its "
            + "weights inside")
      }
      try addInitializer(tensor)
    }
    for node in graph.node where node.output.contains(where: needed.contains) {
      let node = Node(proto: node)
      if node.op == "Constant", node.domain.isEmpty, let tensor = try node.constantValue() {
        if !replaced.contains(tensor.name) { try addInitializer(tensor) }
      } else if node.op == "BatchNormalization", node.domain.isEmpty, learning?.statistics == .ofBatch {
        try appendByBatch(node)
      } else if try !appendNarrowed(node, reads: reads) {
        try append(node)
      }
    }
  }

  private func facts(of info: ONNXValueInfoProto) throws(AutodiffError) -> TensorFacts? {
    guard case .tensorType(let tensor)? = info.type.value,
      let type = ElementType(rawValue: Int(tensor.elemType)), type != .undefined
    else { return nil }
    guard tensor.hasShape else { return TensorFacts(type, nil) }
    guard tensor.shape.dim.count <= Dim.maximumRank else {
      throw .invalidGraph("input \(shown(info.name)) has \(tensor.shape.dim.count) axes")
    }
    var shape: [Dim] = []
    for dim in tensor.shape.dim {
      switch dim.value {
      case .dimValue(let size)? where size >= 0:
        guard size <= Dim.bound else {
          throw .invalidGraph("input \(shown(info.name)) has an axis of \(size)")
        }
        shape.append(Dim(Int(size)))
      case .dimParam(let name)? where !name.isEmpty: shape.append(symbols.named(name))
      default: shape.append(symbols.fresh())
      }
    }
    return TensorFacts(type, shape)
  }
}

extension ONNXModel {
  /// The version of the default operator set.
  /// - Throws: ``AutodiffError/operatorSet(found:)`` and ``AutodiffError/invalidGraph(_:)``.
  func operatorSet() throws(AutodiffError) -> Int {
    let imports = proto.opsetImport.filter { $0.domain.isEmpty || $0.domain == "ai.onnx" }
    guard let found = imports.first?.version, imports.allSatisfy({ $0.version == found }) else {
      throw .invalidGraph("the version of the default operator set is not said, or said twice")
    }
    guard GradientRules.operatorSets.contains(Int(found)) else { throw .operatorSet(found: Int(found)) }
    return Int(found)
  }
}

extension Node {
  /// What a `Constant` node holds, under the name of its output; nil for text and sparse values.
  fileprivate func constantValue() throws(AutodiffError) -> ONNXTensorProto? {
    var tensor: ONNXTensorProto
    if let value = attribute("value") {
      tensor = value.t
    } else if let value = attribute("value_int") {
      tensor = ONNXTensorProto(integers: [Int(value.i)], dims: [])
    } else if let values = attribute("value_ints") {
      tensor = ONNXTensorProto(integers: values.ints.map { Int($0) }, dims: [values.ints.count])
    } else if let value = attribute("value_float") {
      tensor = ONNXTensorProto(floats: [value.f], dims: [])
    } else if let values = attribute("value_floats") {
      tensor = ONNXTensorProto(floats: values.floats, dims: [values.floats.count])
    } else {
      return nil
    }
    tensor.name = try output()
    return tensor
  }
}

extension ONNXNodeProto {
  var subgraphs: [ONNXGraphProto] { attribute.flatMap { ($0.hasG ? [$0.g] : []) + $0.graphs } }
}

extension ONNXGraphProto {
  /// Every name that occurs anywhere, also inside of subgraphs.
  package var allNames: Set<String> {
    var names = Set(input.map(\.name))
    names.formUnion(output.map(\.name))
    names.formUnion(initializer.map(\.name))
    names.formUnion(sparseInitializer.map(\.values.name))
    for node in node {
      names.formUnion(node.input)
      names.formUnion(node.output)
      for graph in node.subgraphs { names.formUnion(graph.allNames) }
    }
    return names
  }

  /// The names of this graph's tensors.
  /// - Throws: ``AutodiffError/invalidGraph(_:)`` when one is made twice, or used before it is made.
  func checkedNames() throws(AutodiffError) -> Set<String> {
    guard sparseInitializer.isEmpty else {
      throw .invalidGraph("there are sparse constants, which are not read")
    }
    var defined: Set<String> = []
    for name in initializer.map(\.name) where !defined.insert(name).inserted {
      throw .invalidGraph("there are two constants named \(shown(name))")
    }
    var inputs: Set<String> = []
    for name in input.map(\.name) where !inputs.insert(name).inserted {
      throw .invalidGraph("there are two inputs named \(shown(name))")
    }
    defined.formUnion(inputs)
    for node in node {
      for name in node.input where !name.isEmpty && !defined.contains(name) {
        throw .invalidGraph(
          "\(shown(node.opType)) uses \(shown(name)), which nothing makes before it")
      }
      for name in node.output where !name.isEmpty && !defined.insert(name).inserted {
        throw .invalidGraph("tensor \(shown(name)) is made twice")
      }
    }
    for name in output.map(\.name) where !defined.contains(name) {
      throw .invalidGraph("nothing makes the output \(shown(name))")
    }
    return defined
  }

  /// The targets and every tensor that they are computed from. A subgraph counts as using every name in it.
  func dependencies(of targets: [String]) -> Set<String> {
    var needed = Set(targets)
    for node in node.reversed() where node.output.contains(where: needed.contains) {
      needed.formUnion(node.input)
      for graph in node.subgraphs { needed.formUnion(graph.allNames) }
    }
    needed.remove("")
    return needed
  }

  /// How often each tensor is read by what makes the needed ones, and as a target.
  fileprivate func reads(of needed: Set<String>, targets: [String]) -> [String: Int] {
    var reads: [String: Int] = [:]
    for name in targets { reads[name, default: 0] += 1 }
    for node in node where node.output.contains(where: needed.contains) {
      for name in node.input { reads[name, default: 0] += 1 }
      for graph in node.subgraphs { for name in graph.allNames { reads[name, default: 0] += 1 } }
    }
    return reads
  }
}
