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

/// The standard's own examples of each operator, held against differences of ONNX Runtime's answers.
@Suite("Gradients of the ONNX node tests")
struct ConformanceTests {
  /// As many derivatives, of one output by one input, are expected to be compared at least.
  static let expected = 1250

  @Test(
    "what can be differentiated has the slope that differences measure",
    .enabled(
      if: ConformanceCase.folder != nil, "needs the onnx package: Scripts/peers, or MARTLET_ONNX_CASES"))
  func agrees() throws {
    var tally = Tally()
    let supported = Set(GradientRules.supported)
    for example in try ConformanceCase.all(in: try #require(ConformanceCase.folder))
    where supported.contains(example.node.opType) {
      try Comparison(example).run(&tally)
    }
    print(tally.summary)
    for line in tally.wrong { print("wrong " + line) }
    #expect(tally.wrong == [])
    #expect(tally.agreeing >= Self.expected)
  }

  /// How many derivatives there were of which kind.
  struct Tally {
    var cases = 0
    var agreeing = 0
    var unresolved = 0
    var withoutInfluence = 0
    /// Models that ONNX Runtime does not run, or that answer differently each time.
    var unrunnable: [String] = []
    var refused: [String] = []
    var wrong: [String] = []

    var summary: String {
      ([
        "rules: \(GradientRules.supported.count) pass a gradient, \(GradientRules.zero.count) are zero",
        "conformance: checked \(agreeing) derivatives of \(cases) cases; \(unresolved) at kinks or too steep, "
          + "\(withoutInfluence) zero, \(refused.count) refused, \(unrunnable.count) not run",
      ]
        + (ProcessInfo.processInfo.environment["MARTLET_ONNX_LIST"] == nil
          ? [] : (refused.map { "refused " + $0 } + unrunnable.map { "not run " + $0 })))
        .joined(separator: "\n")
    }
  }
}

/// All derivatives of one case.
private struct Comparison {
  let example: ConformanceCase
  let session: Session?
  let point: [(name: String, tensor: Tensor)]

  init(_ example: ConformanceCase) throws {
    self.example = example
    point = try example.inputs.filter(\.isReal).map {
      ($0.name, try Tensor(reals: $0.reals, shape: $0.shape, type: $0.dataType))
    }
    session = try? Session.of(try example.model.proto.serializedBytes())
  }

  func run(_ tally: inout ConformanceTests.Tally) throws {
    guard !point.isEmpty else { return }
    guard let session, let here = try? session.run(point), let again = try? session.run(point) else {
      return tally.unrunnable.append(example.name)
    }
    var isCounted = false
    for info in example.model.proto.graph.output {
      guard let value = here[info.name], value.type == .float32 || value.type == .float64, value.count > 0
      else { continue }
      let values = try value.reals()
      guard try again[info.name]!.reals() == values, values.allSatisfy(\.isFinite) else {
        tally.unrunnable.append("\(example.name) \(info.name): no number, or not the same twice")
        continue
      }
      for input in example.inputs where input.isReal && !input.reals.isEmpty {
        let before = tally.agreeing
        try compare(info.name, value, by: input, &tally)
        isCounted = isCounted || tally.agreeing > before
      }
    }
    if isCounted { tally.cases += 1 }
  }

  private func compare(
    _ target: String, _ value: Tensor, by input: ONNXTensorProto, _ tally: inout ConformanceTests.Tally
  ) throws {
    let label = "\(example.name) \(target) by \(input.name)"
    var dice = Dice(label)
    let weights = (0..<value.count).map { _ in Double.random(in: -1...1, using: &dice) }
    let direction = (0..<input.reals.count).map { _ in Double.random(in: -1...1, using: &dice) }
    let seed = try Tensor(reals: weights, shape: value.shape, type: value.type.rawValue)
    var slopes = direction.map { _ in 0.0 }
    var isZero = false
    do {
      let gradient = try Gradient.of(example.model, target: target, withRespectTo: [input.name])
      let found = try Session.of(gradient.serialized).run(point + [(gradient.seedName, seed)])
      let tensor = try #require(found[gradient.gradientNames[0]])
      guard tensor.shape == input.shape else {
        return tally.wrong.append("\(label): a gradient of the shape \(tensor.shape)")
      }
      slopes = try tensor.reals()
    } catch AutodiffError.notConnected {
      // Then the differences must be zero too.
      isZero = true
    } catch let error as AutodiffError {
      return tally.refused.append("\(label): \(error)")
    } catch {
      return tally.wrong.append("\(label): \(error)")
    }
    let computed = zip(slopes, direction).reduce(0) { $0 + $1.0 * $1.1 }
    let base = zip(try value.reals(), weights).map { $0 * $1 }
    var sides: [Differences] = []
    for step in [0.01, 0.005] {
      guard let forward = try moved(target, input, direction, step, weights),
        let backward = try moved(target, input, direction, -step, weights)
      else { return tally.unresolved += 1 }
      sides.append(Differences(base, forward, backward, step, isDouble: value.type == .float64))
    }
    let near = sides[1]
    if abs(computed - near.central) <= near.tolerance {
      if isZero { tally.withoutInfluence += 1 } else { tally.agreeing += 1 }
    } else if near.isUnresolved(beside: sides[0]) {
      tally.unresolved += 1
    } else {
      tally.wrong.append("\(label): rule \(computed), differences \(sides[0].central) and \(near.central)")
    }
  }

  /// The weighted output with one input moved, or nil where it is no number or of another shape.
  private func moved(
    _ target: String, _ input: ONNXTensorProto, _ direction: [Double], _ step: Double, _ weights: [Double]
  ) throws -> [Double]? {
    let values = zip(input.reals, direction).map { $0 + step * $1 }
    let inputs = try point.map {
      (
        $0.name,
        $0.name == input.name
          ? try Tensor(reals: values, shape: input.shape, type: input.dataType) : $0.tensor
      )
    }
    guard let found = try? session?.run(inputs)[target], found.count == weights.count else { return nil }
    let products = zip(try found.reals(), weights).map { $0 * $1 }
    return products.allSatisfy(\.isFinite) ? products : nil
  }
}

/// Quotients of differences on both sides of a point.
private struct Differences {
  let central: Double
  /// How much the quotients of the two sides differ.
  let bend: Double
  let tolerance: Double

  init(_ base: [Double], _ forward: [Double], _ backward: [Double], _ step: Double, isDouble: Bool) {
    var (sum, size, bends, noise) = (0.0, 0.0, 0.0, 0.0)
    for index in base.indices {
      let part = (forward[index] - backward[index]) / (2 * step)
      sum += part
      size += abs(part)
      bends += abs(forward[index] + backward[index] - 2 * base[index]) / step
      noise += abs(base[index]) * (isDouble ? 1e-15 : 3e-7) / step
    }
    (central, bend) = (sum, bends)
    tolerance = 4e-3 * size + noise + 1e-4
  }

  /// Whether there is no slope to measure. Where a function is smooth, the sides differ half as much at half the distance; at
  /// a kink or a jump they do not. Where it is steep, the quotients have not settled yet.
  func isUnresolved(beside far: Differences) -> Bool {
    (bend > tolerance && bend > 0.7 * far.bend) || abs(central - far.central) > tolerance
  }
}
