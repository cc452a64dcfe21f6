// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletONNXSchema
import MartletRuntime
import SwiftProtobuf

/// One node test of the ONNX standard: a model of a single node, and the inputs of its first data set.
struct ConformanceCase {
  let name: String
  let model: ONNXModel
  let inputs: [ONNXTensorProto]
  var node: ONNXNodeProto { model.proto.graph.node[0] }

  /// Where the standard's package keeps them, when it is there.
  static let folder: URL? = {
    let manager = FileManager.default
    if let given = ProcessInfo.processInfo.environment["MARTLET_ONNX_CASES"] {
      return URL(fileURLWithPath: given)
    }
    let peers = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../.build/peers").standardizedFileURL
    let versions = (try? manager.contentsOfDirectory(atPath: peers.path + "/lib")) ?? []
    let roots = [peers.path] + versions.map { peers.path + "/lib/\($0)/site-packages" }
    return roots.map { URL(fileURLWithPath: $0 + "/onnx/backend/test/data/node") }
      .first { manager.fileExists(atPath: $0.path) }
  }()

  /// Those with a single node of the default domain that makes numbers from tensors of numbers.
  static func all(in folder: URL) throws -> [ConformanceCase] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().compactMap { name in
      try ConformanceCase(name, folder.appendingPathComponent(name))
    }
  }

  private init?(_ name: String, _ folder: URL) throws {
    let path = folder.appendingPathComponent("model.onnx").path
    guard FileManager.default.fileExists(atPath: path),
      let model = try? ONNXModel(try Bytes(contentsOf: path)), model.proto.graph.node.count == 1,
      model.proto.graph.node[0].domain.isEmpty
    else { return nil }
    var inputs: [ONNXTensorProto] = []
    for (index, info) in model.proto.graph.input.enumerated() {
      guard case .tensorType = info.type.value else { return nil }
      let file = folder.appendingPathComponent("test_data_set_0/input_\(index).pb")
      var tensor = try ONNXTensorProto(serializedBytes: [UInt8](try Data(contentsOf: file)))
      tensor.name = info.name
      inputs.append(tensor)
    }
    (self.name, self.inputs) = (name, inputs)
    // What is no floating-point number is a constant of the model: exporters write axes, sizes and places so.
    var proto = model.proto
    let open = Set(inputs.filter(\.isReal).map(\.name))
    proto.graph.input = proto.graph.input.filter { open.contains($0.name) }
    proto.graph.initializer += inputs.filter { !open.contains($0.name) }
    proto.irVersion = max(proto.irVersion, 4)
    self.model = try ONNXModel(Bytes(try proto.serializedBytes() as [UInt8]))
  }
}

extension ONNXTensorProto {
  var isReal: Bool { dataType == 1 || dataType == 11 }
  var shape: [Int] { dims.map { Int($0) } }

  /// The elements of a tensor of floating-point numbers.
  var reals: [Double] {
    if dataType == 1 {
      return hasRawData
        ? rawData.withUnsafeBytes { raw in
          stride(from: 0, to: raw.count, by: 4).map {
            Double(raw.loadUnaligned(fromByteOffset: $0, as: Float.self))
          }
        } : floatData.map { Double($0) }
    }
    return hasRawData
      ? rawData.withUnsafeBytes { raw in
        stride(from: 0, to: raw.count, by: 8).map { raw.loadUnaligned(fromByteOffset: $0, as: Double.self) }
      } : doubleData
  }
}

extension Tensor {
  /// Numbers in the type that `type` says: 1 for float32, 11 for float64.
  init(reals values: [Double], shape: [Int], type: Int32) throws {
    if type == 1 {
      try self.init(float32: values.map { Float($0) }, shape: shape)
    } else {
      try self.init(float64: values, shape: shape)
    }
  }

  func reals() throws -> [Double] {
    type == .float32 ? try array(of: Float.self).map { Double($0) } : try array(of: Double.self)
  }
}
