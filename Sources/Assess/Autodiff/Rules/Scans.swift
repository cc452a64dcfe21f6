// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// Operators along one axis whose derivative is themselves, run the other way, and the choice of the largest.
extension GradientRules {
  static let scans = [
    GradientRule("CumSum", Infer.same) { step throws(AutodiffError) in
      let reverse = try step.node.int("reverse", default: 0) == 0 ? 1 : 0
      let sum = try step.builder.add(
        "CumSum", try step.gradient(), try step.input(1),
        with: [.int("exclusive", try step.node.int("exclusive", default: 0)), .int("reverse", reverse)])
      step.give(sum, to: 0)
    },
    GradientRule("Trilu", Infer.same) { step throws(AutodiffError) in
      var inputs = [try step.gradient()]
      if let diagonal = step.node.optionalInput(1) { inputs.append(diagonal) }
      let upper = try step.node.int("upper", default: 1)
      step.give(try step.builder.add("Trilu", inputs, outputs: 1, [.int("upper", upper)])[0], to: 0)
    },
    GradientRule("ReverseSequence", Infer.same) { step throws(AutodiffError) in
      let turned = try step.builder.add(
        "ReverseSequence", try step.gradient(), try step.input(1),
        with: [
          .int("batch_axis", try step.node.int("batch_axis", default: 1)),
          .int("time_axis", try step.node.int("time_axis", default: 0)),
        ])
      step.give(turned, to: 0)
    },
    GradientRule("TopK", inferTopK) { step throws(AutodiffError) in try step.topK() },
  ]

  private static func inferTopK(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil, nil] }
    guard var shape = facts.shape else { return [TensorFacts(facts.type, nil), TensorFacts(.int64, nil)] }
    let axis = try node.axis(try node.int("axis", default: -1), rank: shape.count)
    if builder.opset < 10 {
      shape[axis] = Dim(try node.int("k", default: 0))
    } else if let count = builder.facts[try node.input(1)]?.content?.first {
      shape[axis] = count
    } else {
      shape[axis] = builder.symbols.fresh()
    }
    return [TensorFacts(facts.type, shape), TensorFacts(.int64, shape)]
  }
}

extension Backward {
  /// The gradient goes back to the places that were chosen, of which none is chosen twice.
  fileprivate mutating func topK() throws(AutodiffError) {
    let x = try input(0)
    let axis = try node.axis(try node.int("axis", default: -1), rank: try shape(ofInput: 0).count)
    let places = try placesOutput()
    let scattered = try builder.add(
      builder.opset >= 11 ? "ScatterElements" : "Scatter", try builder.zeros(like: x), places, try gradient(),
      with: [.int("axis", axis)])
    give(scattered, to: 0)
  }

  /// The second output, which tells the places. A node that does not give it is asked to.
  func placesOutput() throws(AutodiffError) -> String {
    if node.outputs.count > 1, !node.outputs[1].isEmpty { return node.outputs[1] }
    let places = builder.freshName("indices")
    var telling = node.proto
    telling.output = [try node.output(), places]
    let facts = TensorFacts(.int64, builder.facts[try node.output()]?.shape)
    builder.replace(node, with: telling, outputFacts: [places: facts])
    return places
  }
}
