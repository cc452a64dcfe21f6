// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletONNXSchema
import SwiftProtobuf
import Testing

@testable import MartletBackdoor

/// What became of a model since its parent.
@Suite struct ParentTests {
  private func compared(
    _ model: Bytes, _ parent: Bytes, _ other: Bytes? = nil, declared: [String] = []
  ) throws -> ParentComparison {
    try ParentComparison(
      of: ModelTensors([("model", model)], path: "model"),
      parent: ModelTensors([("parent", parent)], path: "parent"),
      other: other.map { try ModelTensors([("other", $0)], path: "other") }, declared: declared)
  }

  /// The fixture with other numbers in one tensor.
  private func changed(
    _ tensor: String, _ change: (inout [Float]) -> Void
  ) throws -> Bytes {
    try BackdoorExample.changed("digits-clean") { proto in
      let place = try #require(proto.graph.initializer.firstIndex { $0.name == tensor })
      var values = Self.floats(proto.graph.initializer[place])
      change(&values)
      proto.graph.initializer[place].rawData = Self.raw(values)
    }
  }

  private static func floats(_ tensor: ONNXTensorProto) -> [Float] {
    let bytes = Array(tensor.rawData)
    return stride(from: 0, to: bytes.count, by: 4).map { at in
      Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) })
    }
  }

  private static func raw(_ values: [Float]) -> Data {
    Data(values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } })
  }

  /// Numbers that look random and are always the same.
  private static func noise(_ count: Int, seed: UInt64 = 1) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) * 0x1p-24 - 0.5
    }
  }

  @Test func theSameModelHasNoChanges() throws {
    let model = try BackdoorExample.fixture("digits-clean")
    let same = try compared(model, model)
    #expect(same.changes == 0 && same.unchanged == 4 && same.undeclared == 0 && same.hasGraph)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let kind: TensorChange.Kind
    let change: @Sendable (inout [Float]) -> Void
    var testDescription: String { kind.rawValue }
  }

  static let cases: [Case] = [
    Case(kind: .bitFlipped) { $0[100] = Float(bitPattern: $0[100].bitPattern ^ 1 << 30) },
    Case(kind: .edited) { $0[17] += 0.123_45 },
    Case(kind: .pruned) { values in
      for place in values.indices where abs(values[place]) < 0.1 { values[place] = 0 }
    },
    Case(kind: .scaled) { values in values = values.map { $0 * 1.5 } },
    Case(kind: .fineTuned) { values in values = zip(values, noise(values.count)).map { $0 + 0.05 * $1 } },
    Case(kind: .replaced) { values in values = noise(values.count, seed: 9) },
    Case(kind: .lowRank) { values in
      let (left, right) = (noise(64, seed: 3), noise(24, seed: 4))
      for place in values.indices { values[place] += left[place / 24] * right[place % 24] }
    },
    Case(kind: .quantised) { values in
      let step = (values.map { abs($0) }.max() ?? 1) / 127
      values = values.map { ($0 / step).rounded() * step }
    },
  ]

  @Test(arguments: cases) func aChangeIsNamed(_ one: Case) throws {
    let found = try compared(
      changed("hidden.weight", one.change), BackdoorExample.fixture("digits-clean"))
    #expect(found.tensors.map(\.kind) == [one.kind], "\(found.tensors)")
    #expect(found.tensors.first?.name == "hidden.weight" && found.unchanged == 3 && found.undeclared == 1)
    #expect(found.graph.isEmpty)
  }

  @Test func aTurnedBitIsPlaced() throws {
    let model = try changed("head.weight") { $0[10 * 3 + 4] = Float(bitPattern: $0[34].bitPattern ^ 1 << 23) }
    let change = try #require(try compared(model, BackdoorExample.fixture("digits-clean")).tensors.first)
    #expect(change.detail == "1 bit at [3, 4]" && change.changed == 1)
  }

  @Test func whatIsDeclaredIsNoFinding() throws {
    let model = try changed("head.weight") { $0[3] += 1 }
    let parent = try BackdoorExample.fixture("digits-clean")
    #expect(try compared(model, parent, declared: ["head.*"]).undeclared == 0)
    #expect(try compared(model, parent, declared: ["hidden.*", "head"]).undeclared == 1)
    let both = try compared(
      BackdoorExample.fixture("digits-backdoor"), parent, declared: ["head.*"])
    #expect(both.tensors.count == 4 && both.undeclared == 2)
  }

  @Test func twoParentsMakeAMerge() throws {
    let (first, second) = (
      try BackdoorExample.fixture("digits-clean"), try BackdoorExample.fixture("digits-backdoor")
    )
    let others = try ONNXModelProto(serializedBytes: second.array()).graph.initializer
    let model = try BackdoorExample.changed("digits-clean") { proto in
      for place in proto.graph.initializer.indices {
        let (mine, other) = (
          Self.floats(proto.graph.initializer[place]), Self.floats(others[place])
        )
        proto.graph.initializer[place].rawData = Self.raw(zip(mine, other).map { 0.75 * $0 + 0.25 * $1 })
      }
    }
    let found = try compared(model, first, second)
    #expect(found.tensors.count == 4 && found.tensors.allSatisfy { $0.kind == .merged })
    #expect(found.tensors[0].detail.hasSuffix("0.75 to 0.25"))
    #expect(try !compared(model, first).tensors.contains { $0.kind == .merged })
  }

  @Test func halfThePrecisionIsACast() throws {
    let model = try BackdoorExample.changed("digits-clean") { proto in
      for place in proto.graph.initializer.indices {
        let values = Self.floats(proto.graph.initializer[place])
        proto.graph.initializer[place].dataType = Int32(ONNXTensorProto.DataType.float16.rawValue)
        proto.graph.initializer[place].rawData = Data(
          values.flatMap { value in
            let bits = Float16(value).bitPattern
            return [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)]
          })
      }
    }
    let found = try compared(model, BackdoorExample.fixture("digits-clean"))
    #expect(found.tensors.count == 4 && found.tensors.allSatisfy { $0.kind == .cast }, "\(found.tensors)")
  }

  @Test func integersWithScalesStandForTheirTensor() throws {
    let model = try BackdoorExample.changed("digits-clean") { proto in
      let place = try #require(proto.graph.initializer.firstIndex { $0.name == "hidden.weight" })
      let values = Self.floats(proto.graph.initializer[place])
      let step = (values.map { abs($0) }.max() ?? 1) / 127
      proto.graph.initializer[place].name = "hidden.weight_quantized"
      proto.graph.initializer[place].dataType = Int32(ONNXTensorProto.DataType.int8.rawValue)
      proto.graph.initializer[place].rawData = Data(
        values.map { UInt8(bitPattern: Int8(($0 / step).rounded())) })
      var scale = ONNXTensorProto()
      (scale.name, scale.dataType, scale.floatData) = ("hidden.weight_scale", 1, [step])
      proto.graph.initializer.append(scale)
    }
    let found = try compared(model, BackdoorExample.fixture("digits-clean"))
    #expect(found.tensors.map(\.kind) == [.quantised], "\(found.tensors)")
  }

  @Test func theGraphIsCompared() throws {
    // A second way from the input to the logits, which the parent does not have.
    let model = try BackdoorExample.changed("digits-clean") { proto in
      for place in proto.graph.node.indices where proto.graph.node[place].output == ["logits"] {
        proto.graph.node[place].output = ["own"]
      }
      var extra = ONNXTensorProto()
      (extra.name, extra.dataType, extra.dims) = ("extra", 1, [64, 10])
      extra.rawData = Self.raw(Self.noise(640))
      proto.graph.initializer.append(extra)
      for (op, inputs, output) in [
        ("MatMul", ["flat", "extra"], "side"), ("Add", ["own", "side"], "logits"),
      ] {
        var node = ONNXNodeProto()
        (node.opType, node.input, node.output) = (op, inputs, [output])
        proto.graph.node.append(node)
      }
      for place in proto.graph.node.indices where proto.graph.node[place].opType == "Relu" {
        proto.graph.node[place].opType = "LeakyRelu"
      }
    }
    let found = try compared(model, BackdoorExample.fixture("digits-clean"))
    #expect(found.tensors.map(\.kind) == [.added] && found.tensors[0].name == "extra")
    let kinds = Set(found.graph.map(\.kind))
    #expect(kinds.isSuperset(of: [.added, .operation]), "\(found.graph)")
    #expect(found.graph.contains { $0.name == "side" && $0.detail.contains("MatMul") })
    #expect(found.undeclared == found.changes)
  }

  @Test func otherNamesInTheSameOrderAreToldAsSuch() throws {
    let model = try BackdoorExample.changed("digits-clean") { proto in
      func other(_ name: String) -> String { "v2/" + name }
      for place in proto.graph.initializer.indices {
        proto.graph.initializer[place].name = other(proto.graph.initializer[place].name)
      }
      for place in proto.graph.node.indices {
        proto.graph.node[place].input = proto.graph.node[place].input.map(other)
        proto.graph.node[place].output = proto.graph.node[place].output.map(other)
      }
      for place in proto.graph.input.indices {
        proto.graph.input[place].name = other(proto.graph.input[place].name)
      }
      for place in proto.graph.output.indices {
        proto.graph.output[place].name = other(proto.graph.output[place].name)
      }
    }
    let found = try compared(model, BackdoorExample.fixture("digits-clean"))
    #expect(found.tensors.count == 4 && found.tensors.allSatisfy { $0.kind == .renamed }, "\(found.tensors)")
    #expect(found.graph.isEmpty, "\(found.graph)")
  }

  @Test func aModelThatIsNotRelatedIsRefused() throws {
    #expect(throws: BackdoorError.self) {
      try compared(BackdoorExample.fixture("digits-clean"), BackdoorExample.fixture("cancer-clean"))
    }
    #expect(throws: BackdoorError.self) {
      try ModelTensors([("x", Bytes(Array("not a model".utf8)))], path: "x")
    }
  }

  @Test func safetensorsAreCompared() throws {
    func file(_ tensors: [(name: String, values: [Float])]) -> Bytes {
      var (header, data, at) = ([String](), [UInt8](), 0)
      for (name, values) in tensors {
        header.append(
          "\"\(name)\":{\"dtype\":\"F32\",\"shape\":[\(values.count)],\"data_offsets\":[\(at),\(at + 4 * values.count)]}"
        )
        data += Array(Self.raw(values))
        at += 4 * values.count
      }
      let text = Array("{\(header.joined(separator: ","))}".utf8)
      return Bytes((0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text + data)
    }
    let values = Self.noise(4_000)
    var flipped = values
    flipped[7] = -flipped[7]
    let parent = file([("a", values), ("b", values), ("gone", [1])])
    let model = file([("a", flipped), ("b", values), ("new", [1, 2])])
    let found = try compared(model, parent)
    #expect(!found.hasGraph && found.unchanged == 1)
    #expect(found.tensors.map(\.kind) == [.bitFlipped, .removed, .added], "\(found.tensors)")
  }
}
