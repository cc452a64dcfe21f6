// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAutodiff
import MartletFormats
import MartletONNXSchema
import Testing

@Suite("Rules and hostile nodes")
struct HostileRuleTests {
  /// Every case that is held against differences.
  static let cases: [GradientCase] =
    ElementwiseRuleTests.unary + ElementwiseRuleTests.binary + ElementwiseRuleTests.others
    + ActivationRuleTests.all + ReductionRuleTests.all + ScatterRuleTests.all + NormalisationRuleTests.all
    + ResizeRuleTests.all + AttentionRuleTests.all + OtherRuleTests.all + SpatialRuleTests.convolutions
    + SpatialRuleTests.transposed + SpatialRuleTests.maximum + SpatialRuleTests.average
    + ShapeRuleTests.rearranging + ShapeRuleTests.joining + ShapeRuleTests.picking + ShapeRuleTests.reducing
    + MatrixRuleTests.matMul + MatrixRuleTests.gemm + MatrixRuleTests.softmax + MatrixRuleTests.normalisation

  private static let extremes: [Int64] = [
    0, -1, 1, 2, 3, -2, 7, 63, 64, 65, 1 << 24, 1 << 30, (1 << 30) + 1, 1 << 31, 1 << 40, .max, .min,
    .min + 1,
  ]
  private static let texts = [
    "", "SAME_UPPER", "cubic", "...", "->", "a,b", "...a,a...->a", "reflect", "add",
  ]

  @Test("whatever a node says, there is an answer or an error", arguments: GradientRules.supported)
  func anyNode(op: String) throws {
    var dice = Dice("hostile " + op)
    var (answers, refused) = (0, 0)
    for example in Self.cases where example.op == op {
      let (model, sources) = try example.build(&dice)
      for _ in 0..<3 {
        var proto = model.proto
        for _ in 0..<Int.random(in: 1...2, using: &dice) { Self.damage(&proto, &dice) }
        guard let damaged = try? ONNXModel(proto) else { continue }
        for target in example.results {
          do {
            _ = try Gradient.of(damaged, target: target, withRespectTo: sources.map(\.name))
            answers += 1
          } catch {
            refused += 1
          }
        }
      }
    }
    #expect(answers + refused > 0)
  }

  private static func damage(_ proto: inout ONNXModelProto, _ dice: inout Dice) {
    switch Int.random(in: 0..<9, using: &dice) {
    case 0, 1, 2:
      guard let place = proto.graph.node[0].attribute.indices.randomElement(using: &dice) else { return }
      damage(&proto.graph.node[0].attribute[place], &dice)
    case 3:
      // A number where the operator may read one that is not there.
      var attribute = ONNXAttributeProto()
      attribute.name =
        [
          "axis", "axes", "keepdims", "p", "k", "group", "blocksize", "size", "num_groups", "batch_dims",
          "kernel_shape",
          "strides", "pads", "dilations", "output_shape", "output_padding", "auto_pad", "mode", "perm",
          "split",
        ].randomElement(using: &dice) ?? ""
      damage(&attribute, &dice)
      proto.graph.node[0].attribute.append(attribute)
    case 4, 5:
      guard let place = proto.graph.initializer.indices.randomElement(using: &dice) else { return }
      damage(&proto.graph.initializer[place], &dice)
    case 6, 7:
      guard let place = proto.graph.input.indices.randomElement(using: &dice) else { return }
      let rank = Int.random(in: 0...5, using: &dice)
      proto.graph.input[place].type.tensorType.shape.dim = (0..<rank).map { _ in
        var dim = ONNXTensorShapeProto.Dimension()
        if let size = extremes.randomElement(using: &dice), size >= 0 { dim.dimValue = size }
        return dim
      }
    default:
      let inputs = proto.graph.node[0].input
      guard let place = inputs.indices.randomElement(using: &dice) else { return }
      switch Int.random(in: 0..<4, using: &dice) {
      case 0: proto.graph.node[0].input[place] = ""
      case 1: proto.graph.node[0].input.remove(at: place)
      case 2: proto.graph.node[0].input.append(inputs[place])
      default: proto.graph.node[0].input[place] = inputs[0]
      }
    }
  }

  private static func damage(_ attribute: inout ONNXAttributeProto, _ dice: inout Dice) {
    func number() -> Int64 { extremes.randomElement(using: &dice) ?? 0 }
    attribute.i = number()
    attribute.f = [0, -1, .nan, .infinity, -.infinity, 1e30, 1e-30].randomElement(using: &dice) ?? 0
    attribute.s = (texts.randomElement(using: &dice) ?? "").data(using: .utf8) ?? attribute.s
    let count = Int.random(in: 0...6, using: &dice)
    attribute.ints = (0..<count).map { _ in number() }
    attribute.floats = (0..<count).map { _ in Float(number()) }
  }

  private static func damage(_ tensor: inout ONNXTensorProto, _ dice: inout Dice) {
    switch Int.random(in: 0..<4, using: &dice) {
    case 0:
      tensor.dims = (0..<Int.random(in: 0...4, using: &dice)).map { _ in
        extremes.randomElement(using: &dice) ?? 0
      }
    case 1: tensor.dataType = Int32.random(in: 0...24, using: &dice)
    case 2:
      // Sizes, axes, places: as many as before, of any value.
      let count = tensor.dims.reduce(1) { $0 &* $1 }
      guard (0...64).contains(count) else { return }
      tensor.dataType = 7
      tensor.rawData = (0..<count).map { _ in extremes.randomElement(using: &dice) ?? 0 }
        .withUnsafeBytes { .init($0) }
    default: tensor.floatData = [.nan, .infinity, -1, 1e30].shuffled(using: &dice)
    }
  }
}
