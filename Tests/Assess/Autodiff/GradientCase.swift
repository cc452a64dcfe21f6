// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAutodiff
import MartletBytes
import MartletFormats
import MartletONNXSchema
import MartletRuntime
import SwiftProtobuf
import Testing

/// One node with its operands, whose rule is held against differences.
struct GradientCase: CustomTestStringConvertible, Sendable {
  let op: String
  let opset: Int
  let operands: [Operand]
  let attributes: [ONNXAttributeProto]
  let outputs: Int
  /// Further outputs that the operator must have, of integers.
  let others: Int
  var testDescription: String {
    let described = attributes.map {
      $0.name + " "
        + ($0.hasI
          ? "\($0.i)" : $0.hasF ? "\($0.f)" : $0.hasS ? String(decoding: $0.s, as: UTF8.self) : "\($0.ints)")
    }
    return "\(op)-\(opset) \(operands.map { "\($0)" }.joined(separator: " ")) \(described)"
  }

  /// The same node in several operator sets.
  static func each(
    _ opsets: [Int], _ op: String, _ operands: [Operand], _ attributes: [ONNXAttributeProto] = [],
    outputs: Int = 1, others: Int = 0
  ) -> [GradientCase] {
    opsets.map {
      GradientCase(
        op: op, opset: $0, operands: operands, attributes: attributes, outputs: outputs, others: others)
    }
  }

  static func all(_ lists: [GradientCase]...) -> [GradientCase] { lists.flatMap { $0 } }

  /// Builds the model and the gradient graph, and compares products of the gradient with directions to central
  /// differences of the model's own output, in float32 as everywhere.
  func check() throws {
    var dice = Dice(testDescription)
    let (model, sources) = try build(&dice)
    for target in results {
      try compare(model, target: target, sources, &dice)
    }
  }

  var results: [String] { (0..<outputs).map { "result\($0)" } }

  /// The model, and the tensors that it is differentiated for.
  func build(
    _ dice: inout Dice
  ) throws -> (ONNXModel, [(name: String, values: [Float], shape: [Int], isInput: Bool)]) {
    var names: [String] = []
    var inputs: [ONNXValueInfoProto] = []
    var constants: [ONNXTensorProto] = []
    var sources: [(name: String, values: [Float], shape: [Int], isInput: Bool)] = []
    for (index, operand) in operands.enumerated() {
      let name = "operand\(index)"
      switch operand {
      case .input(let shape, let values), .open(let shape, let values), .fixed(let shape, let values),
        .partly(let shape, let values):
        var dims: [Int?] = shape
        if case .input = operand, !dims.isEmpty { dims[0] = nil }
        var info = Sketch.value(name, dims)
        if case .open = operand {
          info.type.tensorType.shape.dim = shape.map { _ in ONNXTensorShapeProto.Dimension() }
        }
        if case .partly = operand {
          for axis in shape.indices where axis != 1 { info.type.tensorType.shape.dim[axis] = .init() }
        }
        inputs.append(info)
        sources.append((name, dice.draw(shape.reduce(1, *), values), shape, true))
      case .weight(let shape, let values):
        constants.append(Sketch.tensor(name, dice.draw(shape.reduce(1, *), values), shape))
      case .variable(let shape, let values):
        let drawn = dice.draw(shape.reduce(1, *), values)
        constants.append(Sketch.tensor(name, drawn, shape))
        sources.append((name, drawn, shape, false))
      case .integers(let values): constants.append(Sketch.integers(name, values, [values.count]))
      case .integerTable(let values, let dims): constants.append(Sketch.integers(name, values, dims))
      case .number(let value): constants.append(Sketch.tensor(name, [value], []))
      case .numbers(let values): constants.append(Sketch.tensor(name, values, [values.count]))
      case .bytes(let values): constants.append(Sketch.bytes(name, values, [values.count]))
      case .byte(let value): constants.append(Sketch.bytes(name, [value], []))
      case .flag(let value): constants.append(Sketch.booleans(name, [value], []))
      case .flags(let values): constants.append(Sketch.booleans(name, values, [values.count]))
      case .absent: break
      }
      if case .absent = operand { names.append("") } else { names.append(name) }
    }
    let model = try Sketch.model(
      [Sketch.node(op, names, results + (0..<others).map { "other\($0)" }, attributes)], inputs: inputs,
      outputs: results.map { Sketch.value($0, nil) }, constants: constants, opset: opset)
    return (model, sources)
  }

  private func compare(
    _ model: ONNXModel, target: String,
    _ sources: [(name: String, values: [Float], shape: [Int], isInput: Bool)],
    _ dice: inout Dice
  ) throws {
    let gradient = try Gradient.of(model, target: target, withRespectTo: sources.map(\.name))
    let session = try Session.of(gradient.serialized)
    let point = try sources.map { try Tensor(float32: $0.values, shape: $0.shape) }
    let inputs = zip(sources, point).filter { $0.0.isInput }.map { ($0.0.name, $0.1) }
    // The seed's shape is that of the target, which is asked for first.
    let shape = try Session.of(try model.proto.serializedBytes()).run(inputs)[target]!.shape
    let weights = dice.draw(shape.reduce(1, *), .smooth)
    let seed = try Tensor(float32: weights, shape: shape)
    let found = try session.run(inputs + [(gradient.seedName, seed)])
    for (source, name) in zip(sources, gradient.gradientNames) {
      #expect(found[name]?.shape == source.shape, "shape of the gradient of \(source.name)")
    }
    let step: Float = 0.01
    for (place, source) in sources.enumerated() {
      let slopes = try found[gradient.gradientNames[place]]!.numbers()
      for round in 0..<3 {
        let direction = dice.draw(source.values.count, .smooth)
        var sides: [[Float]] = []
        for sign: Float in [1, -1] {
          let moved = zip(source.values, direction).map { $0 + sign * step * $1 }
          sides.append(try value(model, target, inputs, source.name, moved, source.shape, source.isInput))
        }
        var measured = 0.0
        // Outputs near 1 are known to seven digits, so differences to about five.
        var size = 5e-3
        for (index, weight) in weights.enumerated() {
          let part = Double(weight) * (Double(sides[0][index]) - Double(sides[1][index])) / Double(2 * step)
          measured += part
          size += abs(part)
        }
        let computed = zip(slopes, direction).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        #expect(
          abs(computed - measured) <= 3e-3 * size,
          "\(target) by \(source.name), direction \(round): rule \(computed), difference \(measured)")
      }
    }
  }

  /// The model's own answer with one tensor replaced.
  private func value(
    _ model: ONNXModel, _ target: String, _ inputs: [(String, Tensor)], _ name: String, _ values: [Float],
    _ shape: [Int], _ isInput: Bool
  ) throws -> [Float] {
    var proto = model.proto
    var inputs = inputs
    if isInput {
      inputs = try inputs.map { try ($0.0, $0.0 == name ? Tensor(float32: values, shape: shape) : $0.1) }
    } else if let place = proto.graph.initializer.firstIndex(where: { $0.name == name }) {
      proto.graph.initializer[place].floatData = values
    }
    return try Session.of(try proto.serializedBytes()).run(inputs)[target]!.numbers()
  }
}

extension Session {
  /// One for all tests: it can be opened only once at a time.
  private static let library = Result { try RuntimeLibrary.open() }

  static func of(_ model: [UInt8]) throws -> Session {
    let library = try library.get()
    return try model.withUnsafeBytes {
      try Session(library: library, model: $0, options: Options(threads: 1))
    }
  }
}

extension Tensor {
  func numbers() throws -> [Float] {
    let span = try float32
    return span.indices.map { span[$0] }
  }
}
