// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The messages of the ONNX standard (`onnx.proto` of onnx 1.20) and their fields, to tell a field that nobody defines,
/// one of another wire type and one that stands twice.
package enum ONNXMessage: String, Sendable, CaseIterable {
  case model, operatorSet, entry, graph, node, attribute, value, tensor, segment, sparse, shape, dimension
  case type, tensorType, sequenceType, mapType, opaqueType, annotation, function, training
  case device, nodeDevice, sharding, shardedDim, simpleDim, groups

  /// What a field holds.
  package enum Kind: Sendable, Equatable {
    case varint, fixed32, fixed64, bytes
    case message(ONNXMessage)
  }

  package struct Field: Sendable {
    package let kind: Kind
    package let isRepeated: Bool

    /// Whether the wire type is one that this field may have: repeated numbers may be packed.
    package func fits(_ wire: ProtoField.Wire) -> Bool {
      switch kind {
      case .varint: wire == .varint || isRepeated && wire == .bytes
      case .fixed32: wire == .fixed32 || isRepeated && wire == .bytes
      case .fixed64: wire == .fixed64 || isRepeated && wire == .bytes
      case .bytes, .message: wire == .bytes
      }
    }
  }

  /// The fields by number.
  package var fields: [Int: Field] { Self.all[self] ?? [:] }

  /// `v` varint, `f` float, `d` double, `b` string or bytes, otherwise the message; a `*` repeats.
  private var definition: String {
    switch self {
    case .model:
      """
      1:v 2:b 3:b 4:b 5:v 6:b 7:graph 8:operatorSet* 14:entry* 20:training* 25:function* 26:device*
      """
    case .operatorSet: "1:b 2:v"
    case .entry: "1:b 2:b"
    case .graph:
      """
      1:node* 2:b 5:tensor* 10:b 11:value* 12:value* 13:value* 14:annotation* 15:sparse* 16:entry*
      """
    case .node: "1:b* 2:b* 3:b 4:b 5:attribute* 6:b 7:b 8:b 9:entry* 10:nodeDevice*"
    case .attribute:
      """
      1:b 2:f 3:v 4:b 5:tensor 6:graph 7:f* 8:v* 9:b* 10:tensor* 11:graph* 13:b 14:type 15:type* 20:v 21:b \
      22:sparse 23:sparse*
      """
    case .value: "1:b 2:type 3:b 4:entry*"
    case .tensor:
      "1:v* 2:v 3:segment 4:f* 5:v* 6:b* 7:v* 8:b 9:b 10:d* 11:v* 12:b 13:entry* 14:v 16:entry*"
    case .segment: "1:v 2:v"
    case .sparse: "1:tensor 2:tensor 3:v*"
    case .shape: "1:dimension*"
    case .dimension: "1:v 2:b 3:b"
    case .type:
      "1:tensorType 4:sequenceType 5:mapType 6:b 7:opaqueType 8:tensorType 9:sequenceType"
    case .tensorType: "1:v 2:shape"
    case .sequenceType: "1:type"
    case .mapType: "1:v 2:type"
    case .opaqueType: "1:b 2:b"
    case .annotation: "1:b 2:entry*"
    case .function:
      """
      1:b 4:b* 5:b* 6:b* 7:node* 8:b 9:operatorSet* 10:b 11:attribute* 12:value* 13:b 14:entry*
      """
    case .training: "1:graph 2:graph 3:entry* 4:entry*"
    case .device: "1:b 2:v 3:b*"
    case .nodeDevice: "1:b 2:sharding* 3:v"
    case .sharding: "1:b 2:v* 3:groups* 4:shardedDim*"
    case .shardedDim: "1:v 2:simpleDim*"
    case .simpleDim: "1:v 2:b 3:v"
    case .groups: "1:v 2:v*"
    }
  }

  private static let all: [ONNXMessage: [Int: Field]] = {
    var all: [ONNXMessage: [Int: Field]] = [:]
    for message in allCases {
      var fields: [Int: Field] = [:]
      for word in message.definition.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        let parts = word.split(separator: ":")
        let isRepeated = parts[1].hasSuffix("*")
        let kind: Kind =
          switch isRepeated ? parts[1].dropLast() : parts[1] {
          case "v": .varint
          case "f": .fixed32
          case "d": .fixed64
          case "b": .bytes
          case let name: .message(ONNXMessage(rawValue: String(name)) ?? .entry)
          }
        fields[Int(parts[0]) ?? 0] = Field(kind: kind, isRepeated: isRepeated)
      }
      all[message] = fields
    }
    return all
  }()
}
