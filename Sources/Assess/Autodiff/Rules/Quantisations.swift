// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// Steps to small integers and back. Rounding hides the slope, so all that rounds is a cut, which reports tell.
extension GradientRules {
  static let quantisations =
    [
      GradientRule("QuantizeLinear", zero: .cut) { (node, builder) throws(AutodiffError) in
        var type = ElementType.uint8
        if let zero = node.optionalInput(2), let known = builder.facts[zero]?.type {
          type = known
        } else if let named = try node.int("output_dtype"), named != 0 {
          type = try node.elementType("output_dtype") ?? type
        }
        return [TensorFacts(type, builder.facts[try node.input(0)]?.shape)]
      },
      GradientRule("DynamicQuantizeLinear", zero: .cut) { (node, builder) throws(AutodiffError) in
        let shape = builder.facts[try node.input(0)]?.shape
        return [TensorFacts(.uint8, shape), TensorFacts(.float, []), TensorFacts(.uint8, [])]
      },
      GradientRule("MatMulInteger", zero: .cut) { (node, builder) throws(AutodiffError) in
        let found = try inferMatMul(node, builder)[0]
        return [TensorFacts(.int32, found?.shape)]
      },
      GradientRule("ConvInteger", zero: .cut) { (node, builder) throws(AutodiffError) in
        let found = try inferConv(node, builder)[0]
        return [TensorFacts(.int32, found?.shape)]
      },
      GradientRule("DequantizeLinear", inferDequantized) { step throws(AutodiffError) in
        try step.dequantize()
      },
    ]
    + ["QLinearMatMul", "QLinearConv"].map {
      // The type is that of the last zero point.
      GradientRule($0, zero: .cut) { (node, builder) throws(AutodiffError) in
        [builder.facts[try node.input(7)].map { TensorFacts($0.type, nil) }]
      }
    }

  private static func inferDequantized(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    let shape = builder.facts[try node.input(0)]?.shape
    if let named = try node.int("output_dtype"), named != 0, let type = try node.elementType("output_dtype") {
      return [TensorFacts(type, shape)]
    }
    return [builder.facts[try node.input(1)].map { TensorFacts($0.type, shape) }]
  }
}

extension Backward {
  /// y = (x - zero) scale. Only the scale can be differentiated for: the rest is integers.
  fileprivate mutating func dequantize() throws(AutodiffError) {
    guard wanted == [1] else { throw node.refused("only its scale can be differentiated for") }
    let g = try gradient()
    let (shape, scale) = (try shape(ofInput: 0), try shape(ofInput: 1))
    var numbers = try builder.cast(try input(0), like: g)
    let isSingle = scale.isEmpty || scale == [Dim(1)]
    guard isSingle || scale.count == 1, try node.int("block_size", default: 0) == 0 else {
      throw node.refused("it has a scale for each block")
    }
    let axis = isSingle ? 0 : try node.axis(try node.int("axis", default: 1), rank: shape.count)
    if let zero = node.optionalInput(2) {
      let dims = isSingle ? [] : [-1] + [Int](repeating: 1, count: shape.count - axis - 1)
      numbers = try builder.difference(numbers, try builder.reshape(try builder.cast(zero, like: g), dims))
    }
    let others = shape.indices.filter { isSingle || $0 != axis }
    let sum = try builder.reduceSum(try builder.product(g, numbers), axes: others, keep: false)
    give(try builder.reshape(sum, like: try input(1)), to: 1)
  }
}
