// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// Operators through which no gradient passes. The first tell shapes, places or constants; the others compute with values,
/// but in steps.
extension GradientRules {
  static let zeroes =
    [
      GradientRule("Shape", zero: .none, inferShape),
      GradientRule("Size", zero: .none) { (node, builder) throws(AutodiffError) in
        let count = try builder.facts[try node.input(0)]?.shape?.product()
        return [TensorFacts(.int64, [], content: count.map { [$0] })]
      },
      GradientRule("ConstantOfShape", zero: .none, inferFilled),
      GradientRule("Range", zero: .none, inferUnknownList),
      GradientRule("EyeLike", zero: .none) { (_, _) in [nil] },
      GradientRule("NonZero", zero: .cut) { (node, builder) throws(AutodiffError) in
        guard let rank = builder.facts[try node.input(0)]?.shape?.count else {
          return [TensorFacts(.int64, nil)]
        }
        return [TensorFacts(.int64, [Dim(rank), builder.symbols.fresh()])]
      },
      GradientRule("OneHot", zero: .cut, inferOneHot),
      GradientRule("ArgMax", zero: .cut, inferPlace),
      GradientRule("ArgMin", zero: .cut, inferPlace),
      GradientRule("Not", zero: .cut, Infer.same),
      GradientRule("Hardmax", zero: .cut, Infer.same),
      GradientRule("BitwiseNot", zero: .cut, Infer.same),
      GradientRule("RandomNormal", zero: .none, inferDrawn),
      GradientRule("RandomUniform", zero: .none, inferDrawn),
      GradientRule("RandomNormalLike", zero: .none, inferDrawnLike),
      GradientRule("RandomUniformLike", zero: .none, inferDrawnLike),
      GradientRule("Bernoulli", zero: .cut, inferDrawnLike),
      GradientRule("Multinomial", zero: .cut, inferDraws),
    ]
    + ["BitShift", "BitwiseAnd", "BitwiseOr", "BitwiseXor"].map {
      GradientRule($0, zero: .cut) { (node, builder) throws(AutodiffError) in
        try Infer.broadcast(node, builder)
      }
    }
    + ["HannWindow", "HammingWindow", "BlackmanWindow"].map {
      GradientRule($0, zero: .none) { (node, builder) throws(AutodiffError) in
        let type = try node.elementType("output_datatype") ?? .float
        return [TensorFacts(type, builder.facts[try node.input(0)]?.content)]
      }
    }
    + ["Floor", "Ceil", "Round", "Sign"].map { GradientRule($0, zero: .cut, Infer.same) }
    + ["Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Xor"].map {
      GradientRule($0, zero: .cut, Infer.comparison)
    }
    + [GradientRule("Equal", zero: .cut, inferEqual)]
    + ["IsNaN", "IsInf"].map {
      GradientRule($0, zero: .cut) { (node, builder) throws(AutodiffError) in
        [TensorFacts(.bool, builder.facts[try node.input(0)]?.shape)]
      }
    }

  private static func inferShape(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let shape = builder.facts[try node.input(0)]?.shape else { return [TensorFacts(.int64, nil)] }
    // From operator set 15 on, a part of the axes; numbers outside are clamped.
    let bounds = [try node.int("start", default: 0), try node.int("end", default: shape.count)].map {
      min(max($0 < 0 ? $0 + shape.count : $0, 0), shape.count)
    }
    let content = Array(shape[bounds[0]..<max(bounds[0], bounds[1])])
    return [TensorFacts(.int64, [Dim(content.count)], content: content)]
  }

  private static func inferFilled(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    let value = node.attribute("value")?.t
    let type = value.flatMap { ElementType(rawValue: Int($0.dataType)) } ?? .float
    guard let shape = builder.facts[try node.input(0)]?.content, shape.allSatisfy({ $0.factor >= 0 }) else {
      return [TensorFacts(type, nil)]
    }
    var facts = TensorFacts(type, shape)
    if shape.count == 1, let count = shape[0].size, count <= 64, type == .int64,
      let number = value?.integers?.first
    {
      facts.content = [Dim](repeating: Dim(number), count: count)
    }
    return [facts]
  }

  /// Also which sizes are equal to which, where that is sure: no size is below zero. Exporters look for -1 in shapes this way.
  private static func inferEqual(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard var facts = try Infer.comparison(node, builder)[0] else { return [nil] }
    guard let lists = try builder.contents(of: node, [0, 1]) else { return [facts] }
    var content: [Dim] = []
    for (a, b) in zip(lists[0], lists[1]) {
      let isEqual = a == b
      let differs =
        a.size != nil && b.size != nil || (a.size ?? 0) < 0 && b.factor >= 0
        || (b.size ?? 0) < 0 && a.factor >= 0
      guard isEqual || differs else { return [facts] }
      content.append(Dim(isEqual ? 1 : 0))
    }
    facts.content = content
    return [facts]
  }

  private static func inferUnknownList(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    [TensorFacts(try builder.type(of: try node.input(0)), [builder.symbols.fresh()])]
  }

  private static func inferOneHot(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let type = builder.facts[try node.input(2)]?.type else { return [nil] }
    guard var shape = builder.facts[try node.input(0)]?.shape else { return [TensorFacts(type, nil)] }
    let axis = try node.axis(try node.int("axis", default: -1), rank: shape.count + 1)
    let depth = builder.facts[try node.input(1)]?.content?.first
    shape.insert(depth ?? builder.symbols.fresh(), at: axis)
    return [TensorFacts(type, shape)]
  }

  private static func inferDrawn(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let shape = try node.ints("shape"), shape.allSatisfy({ $0 >= 0 }) else {
      throw node.invalid("has no valid shape")
    }
    return [TensorFacts(try node.elementType("dtype") ?? .float, shape.map { Dim($0) })]
  }

  private static func inferDrawnLike(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    let facts = builder.facts[try node.input(0)]
    guard let type = try node.elementType("dtype") ?? facts?.type else { return [nil] }
    return [TensorFacts(type, facts?.shape)]
  }

  private static func inferDraws(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    let type = try node.elementType("dtype") ?? .int32
    guard let shape = builder.facts[try node.input(0)]?.shape else { return [TensorFacts(type, nil)] }
    guard shape.count == 2 else { throw node.invalid("needs an input of rank 2") }
    return [TensorFacts(type, [shape[0], Dim(try node.int("sample_size", default: 1))])]
  }

  private static func inferPlace(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard var shape = builder.facts[try node.input(0)]?.shape else { return [TensorFacts(.int64, nil)] }
    let axis = try node.axis(try node.int("axis", default: 0), rank: shape.count)
    if try node.int("keepdims", default: 1) != 0 { shape[axis] = Dim(1) } else { shape.remove(at: axis) }
    return [TensorFacts(.int64, shape)]
  }
}
