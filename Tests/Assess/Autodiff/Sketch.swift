// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletONNXSchema
import SwiftProtobuf

/// What stands at an input of the node under test.
enum Operand {
  /// An input of the model that is differentiated for. The first size is left open.
  case input([Int], Values = .smooth)
  /// The same with every size left open.
  case open([Int], Values = .smooth)
  /// The same with every size left open but that of the channels.
  case partly([Int], Values = .smooth)
  /// The same with all sizes fixed.
  case fixed([Int], Values = .smooth)
  /// A constant that is not differentiated for.
  case weight([Int], Values = .smooth)
  /// A constant that is differentiated for too.
  case variable([Int], Values = .smooth)
  case integers([Int])
  case integerTable([Int], dims: [Int])
  case number(Float)
  /// A constant list of floating-point numbers.
  case numbers([Float])
  /// Constant unsigned bytes.
  case bytes([UInt8])
  case byte(UInt8)
  case flag(Bool)
  case flags([Bool])
  case absent
}

/// How the elements of a tensor are drawn.
enum Values {
  /// Between -1 and 1.
  case smooth
  /// Between 0.5 and 2.
  case positive
  /// Between -0.9 and 0.9.
  case inside
  /// Between -1 and 1, apart from the places of four and five elements on that range.
  case grid
  /// Between 1.2 and 3.
  case above
  /// Apart from each other and from 0 by more than any step that a difference takes.
  case spaced
  /// The same, moved: apart from the spaced ones of other tensors.
  case moved(Float)
}

/// Numbers that look random and are the same in every run.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ name: String) {
    state = name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func draw(_ count: Int, _ values: Values) -> [Float] {
    switch values {
    case .smooth: (0..<count).map { _ in Float.random(in: -1...1, using: &self) }
    case .positive: (0..<count).map { _ in Float.random(in: 0.5...2, using: &self) }
    case .inside: (0..<count).map { _ in Float.random(in: -0.9...0.9, using: &self) }
    case .grid:
      (0..<count).map { _ in
        [-0.93, -0.68, -0.3, -0.13, 0.12, 0.37, 0.66, 0.88].randomElement(using: &self) ?? 0
      }
    case .above: (0..<count).map { _ in Float.random(in: 1.2...3, using: &self) }
    case .moved(let distance): draw(count, .spaced).map { $0 + distance }
    case .spaced: (0..<count).map { (Float($0) - Float(count / 2) + 0.5) * 0.1 }.shuffled(using: &self)
    }
  }
}

/// Small models, written by the tests.
enum Sketch {
  static func node(
    _ op: String, _ inputs: [String], _ outputs: [String], _ attributes: [ONNXAttributeProto] = [],
    domain: String = ""
  ) -> ONNXNodeProto {
    var node = ONNXNodeProto()
    (node.opType, node.input, node.output, node.attribute) = (op, inputs, outputs, attributes)
    node.name = op + "_" + (outputs.first ?? "")
    node.domain = domain
    return node
  }

  static func int(_ name: String, _ value: Int) -> ONNXAttributeProto {
    var attribute = ONNXAttributeProto()
    (attribute.name, attribute.type, attribute.i) = (name, .int, Int64(value))
    return attribute
  }

  static func ints(_ name: String, _ values: [Int]) -> ONNXAttributeProto {
    var attribute = ONNXAttributeProto()
    (attribute.name, attribute.type, attribute.ints) = (name, .ints, values.map { Int64($0) })
    return attribute
  }

  static func float(_ name: String, _ value: Float) -> ONNXAttributeProto {
    var attribute = ONNXAttributeProto()
    (attribute.name, attribute.type, attribute.f) = (name, .float, value)
    return attribute
  }

  static func floats(_ name: String, _ values: [Float]) -> ONNXAttributeProto {
    var attribute = ONNXAttributeProto()
    (attribute.name, attribute.type, attribute.floats) = (name, .floats, values)
    return attribute
  }

  static func text(_ name: String, _ value: String) -> ONNXAttributeProto {
    var attribute = ONNXAttributeProto()
    (attribute.name, attribute.type, attribute.s) = (name, .string, Data(value.utf8))
    return attribute
  }

  static func tensor(_ name: String, _ values: [Float], _ dims: [Int]) -> ONNXTensorProto {
    var tensor = ONNXTensorProto()
    (tensor.name, tensor.dataType, tensor.floatData) = (name, 1, values)
    tensor.dims = dims.map { Int64($0) }
    return tensor
  }

  static func integers(_ name: String, _ values: [Int], _ dims: [Int]) -> ONNXTensorProto {
    var tensor = ONNXTensorProto()
    (tensor.name, tensor.dataType) = (name, 7)
    tensor.dims = dims.map { Int64($0) }
    tensor.rawData = values.map { Int64($0) }.withUnsafeBytes { Data($0) }
    return tensor
  }

  static func bytes(_ name: String, _ values: [UInt8], _ dims: [Int]) -> ONNXTensorProto {
    var tensor = ONNXTensorProto()
    (tensor.name, tensor.dataType, tensor.int32Data) = (name, 2, values.map { Int32($0) })
    tensor.dims = dims.map { Int64($0) }
    return tensor
  }

  static func booleans(_ name: String, _ values: [Bool], _ dims: [Int]) -> ONNXTensorProto {
    var tensor = ONNXTensorProto()
    (tensor.name, tensor.dataType, tensor.int32Data) = (name, 9, values.map { $0 ? 1 : 0 })
    tensor.dims = dims.map { Int64($0) }
    return tensor
  }

  /// A size of nil is left open.
  static func value(_ name: String, _ dims: [Int?]?, type: Int32 = 1) -> ONNXValueInfoProto {
    var info = ONNXValueInfoProto()
    info.name = name
    info.type.tensorType.elemType = type
    guard let dims else { return info }
    info.type.tensorType.shape.dim = dims.map { size in
      var dim = ONNXTensorShapeProto.Dimension()
      if let size { dim.dimValue = Int64(size) } else { dim.dimParam = "N" }
      return dim
    }
    return info
  }

  static func model(
    _ nodes: [ONNXNodeProto], inputs: [ONNXValueInfoProto], outputs: [ONNXValueInfoProto],
    constants: [ONNXTensorProto] = [], opset: Int = 17
  ) throws -> ONNXModel {
    var proto = ONNXModelProto()
    proto.irVersion = opset >= 13 ? 7 : 3
    var version = ONNXOperatorSetIdProto()
    version.version = Int64(opset)
    proto.opsetImport = [version]
    proto.graph.name = "sketch"
    proto.graph.node = nodes
    proto.graph.input = inputs
    proto.graph.output = outputs
    proto.graph.initializer = constants
    return try ONNXModel(Bytes(try proto.serializedBytes() as [UInt8]))
  }
}
