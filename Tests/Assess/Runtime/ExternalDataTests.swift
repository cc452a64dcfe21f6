// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletONNXSchema
import MartletRuntime
import SwiftProtobuf
import Testing

/// ONNX Runtime would read the files that these models name; see `ExternalData`.
@Suite struct ExternalDataTests {
  static func entry(_ key: String, _ value: String) -> ONNXStringStringEntryProto {
    var entry = ONNXStringStringEntryProto()
    entry.key = key
    entry.value = value
    return entry
  }

  static func external(_ location: String) -> ONNXTensorProto {
    var tensor = SmallModel.tensor("w", [], [2, 2])
    tensor.clearRawData()
    tensor.dataLocation = .external
    tensor.externalData = [entry("location", location), entry("offset", "0"), entry("length", "16")]
    return tensor
  }

  @Test(arguments: ["weights.bin", "/etc/passwd", "../secret", "*/_ORT_MEM_ADDR_/*"])
  func refusesWeightsFromElsewhere(_ location: String) throws {
    #expect(throws: RuntimeError.externalData(tensor: "w")) {
      try SmallModel.product(with: Self.external(location)).session()
    }
  }

  @Test func refusesEitherHalfOfTheMark() throws {
    var located = SmallModel.tensor("w", [1, 2, 3, 4], [2, 2])
    located.dataLocation = .external
    #expect(throws: RuntimeError.externalData(tensor: "w")) {
      try SmallModel.product(with: located).session()
    }
    var named = SmallModel.tensor("w", [1, 2, 3, 4], [2, 2])
    named.externalData = [Self.entry("location", "weights.bin")]
    #expect(throws: RuntimeError.externalData(tensor: "w")) { try SmallModel.product(with: named).session() }
    var plain = SmallModel.tensor("w", [1, 2, 3, 4], [2, 2])
    plain.dataLocation = .default
    #expect(try SmallModel.product(with: plain).session().inputs.count == 1)
  }

  /// A place of the layout that can hold a tensor, and how to put one there.
  struct Place: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let put: @Sendable (ONNXTensorProto, inout ONNXModelProto) -> Void

    static let all: [Place] = [
      Place("a sparse initialiser's values") { tensor, model in
        var sparse = ONNXSparseTensorProto()
        sparse.values = tensor
        model.graph.sparseInitializer = [sparse]
      },
      Place("a sparse initialiser's indices") { tensor, model in
        var sparse = ONNXSparseTensorProto()
        sparse.indices = tensor
        model.graph.sparseInitializer = [sparse]
      },
      Place("an attribute") { tensor, model in model.graph.node[0].attribute = [attribute { $0.t = tensor }]
      },
      Place("a list attribute") { tensor, model in
        model.graph.node[0].attribute = [attribute { $0.tensors = [tensor] }]
      },
      Place("a sparse attribute") { tensor, model in
        model.graph.node[0].attribute = [attribute { $0.sparseTensor.values = tensor }]
      },
      Place("a subgraph") { tensor, model in
        model.graph.node[0].attribute = [attribute { $0.g.initializer = [tensor] }]
      },
      Place("one of several subgraphs") { tensor, model in
        var graph = ONNXGraphProto()
        graph.initializer = [tensor]
        model.graph.node[0].attribute = [attribute { $0.graphs = [ONNXGraphProto(), graph] }]
      },
      Place("a function's body") { tensor, model in
        var node = ONNXNodeProto()
        node.attribute = [attribute { $0.t = tensor }]
        var function = ONNXFunctionProto()
        function.node = [node]
        model.functions = [function]
      },
      Place("a function's default") { tensor, model in
        var function = ONNXFunctionProto()
        function.attributeProto = [attribute { $0.t = tensor }]
        model.functions = [function]
      },
      Place("a training graph") { tensor, model in
        var training = ONNXTrainingInfoProto()
        training.algorithm.initializer = [tensor]
        model.trainingInfo = [training]
      },
    ]

    init(_ name: String, _ put: @escaping @Sendable (ONNXTensorProto, inout ONNXModelProto) -> Void) {
      testDescription = name
      self.put = put
    }

    private static func attribute(_ fill: (inout ONNXAttributeProto) -> Void) -> ONNXAttributeProto {
      var attribute = ONNXAttributeProto()
      attribute.name = "value"
      fill(&attribute)
      return attribute
    }
  }

  @Test(arguments: Place.all) func findsATensorWhereverItIs(_ place: Place) throws {
    var model = SmallModel.product()
    place.put(Self.external("weights.bin"), &model.proto)
    #expect(throws: RuntimeError.externalData(tensor: "w")) { try model.session() }
  }

  @Test func findsATensorInTheSecondOfTwoGraphs() throws {
    // A reader merges a field that stands twice, so the second graph counts as much as the first.
    var second = ONNXModelProto()
    second.graph.initializer = [Self.external("weights.bin")]
    let bytes = try SmallModel.product().bytes + second.serializedBytes()
    #expect(throws: RuntimeError.externalData(tensor: "w")) { try SmallModel.load(bytes) }
  }

  @Test func refusesGraphsWithinGraphsWithoutEnd() throws {
    // Each round wraps the bytes as graph, node, attribute: the depth grows by three.
    var bytes: [UInt8] = []
    for field: UInt8 in (0..<40).flatMap({ _ in [0x32, 0x2A, 0x0A] as [UInt8] }) {
      var length = bytes.count
      var prefix = [field]
      while length >= 0x80 {
        prefix.append(UInt8(length & 0x7F) | 0x80)
        length >>= 7
      }
      bytes = prefix + [UInt8(length)] + bytes
    }
    // The outermost is a node's attribute's graph; put it into the model's.
    let graph = [0x3A, UInt8(bytes.count & 0x7F) | 0x80, UInt8(bytes.count >> 7)] + bytes
    let error = #expect(throws: RuntimeError.self) { try SmallModel.load(graph) }
    guard case .malformedModel = error else { throw try #require(error) }
  }

  @Test func refusesTheFlatFormat() throws {
    let bytes = [UInt8]([0x18, 0, 0, 0] + Array("ORTM".utf8)) + [UInt8](repeating: 0, count: 64)
    #expect(throws: RuntimeError.self) { try SmallModel.load(bytes) }
  }
}
