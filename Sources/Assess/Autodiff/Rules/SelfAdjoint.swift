// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// Linear operators whose derivative is the same operator with other arguments.
extension GradientRules {
  static let selfAdjoint = [
    GradientRule("RotaryEmbedding", Infer.same) { step throws(AutodiffError) in
      // Turned back: by the same angles with the other sign.
      guard step.wanted == [0] else { throw step.node.refused("its angles cannot be differentiated for") }
      var inputs = [
        try step.gradient(), try step.input(1), try step.builder.add("Neg", try step.input(2)),
      ]
      if let places = step.node.optionalInput(3) { inputs.append(places) }
      step.give(try step.again(inputs), to: 0)
    },
    GradientRule("CenterCropPad", inferCentred) { step throws(AutodiffError) in
      // Cut where it padded, padded where it cut.
      let x = try step.input(0)
      var sizes = try step.builder.add("Shape", x)
      if let axes = try step.node.ints("axes") {
        let rank = try step.shape(ofInput: 0).count
        let places = try axes.map { axis throws(AutodiffError) in try step.node.axis(axis, rank: rank) }
        sizes = try step.builder.add("Gather", sizes, try step.builder.integers(places))
      }
      step.give(try step.again([try step.gradient(), sizes]), to: 0)
    },
  ]

  private static func inferCentred(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard var shape = facts.shape else { return [TensorFacts(facts.type, nil)] }
    let axes = try node.ints("axes") ?? Array(shape.indices)
    let wanted = builder.facts[try node.input(1)]?.content
    guard wanted?.count ?? axes.count == axes.count else {
      throw node.invalid("has sizes that do not fit its axes")
    }
    for (place, axis) in axes.enumerated() {
      shape[try node.axis(axis, rank: shape.count)] = wanted?[place] ?? builder.symbols.fresh()
    }
    return [TensorFacts(facts.type, shape)]
  }
}

extension Backward {
  /// The node once more with other inputs.
  fileprivate func again(_ inputs: [String]) throws(AutodiffError) -> String {
    var proto = node.proto
    proto.input = inputs
    proto.output = [builder.freshName(node.op)]
    proto.name = proto.output[0]
    try builder.append(Node(proto: proto))
    return proto.output[0]
  }
}
