// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// Operators whose form depends on the operator set, in the form of the model's.
extension GraphBuilder {
  func needs(_ operatorSet: Int, for op: String) throws(AutodiffError) {
    guard opset >= operatorSet else {
      throw .needsOperatorSet(op: op, node: "gradient", needed: operatorSet, found: opset)
    }
  }

  func reduce(_ op: String, _ tensor: String, axes: [Int], keep: Bool = true) throws(AutodiffError) -> String
  {
    if axes.isEmpty { return tensor }
    let kept = Attribute.int("keepdims", keep ? 1 : 0)
    if opset >= (op == "ReduceSum" ? 13 : 18) { return try add(op, tensor, try integers(axes), with: [kept]) }
    return try add(op, tensor, with: [.ints("axes", axes), kept])
  }

  func reduceSum(_ tensor: String, axes: [Int], keep: Bool = true) throws(AutodiffError) -> String {
    try reduce("ReduceSum", tensor, axes: axes, keep: keep)
  }

  func unsqueeze(_ tensor: String, axes: [Int]) throws(AutodiffError) -> String {
    if axes.isEmpty { return tensor }
    if opset >= 13 { return try add("Unsqueeze", tensor, try integers(axes)) }
    return try add("Unsqueeze", tensor, with: [.ints("axes", axes)])
  }

  func squeeze(_ tensor: String, axes: [Int]) throws(AutodiffError) -> String {
    if axes.isEmpty { return tensor }
    if opset >= 13 { return try add("Squeeze", tensor, try integers(axes)) }
    return try add("Squeeze", tensor, with: [.ints("axes", axes)])
  }

  func slice(
    _ tensor: String, axes: [Int], from starts: [Int], to ends: [Int], steps: [Int]? = nil
  ) throws(AutodiffError) -> String {
    if opset >= 10 {
      var inputs = [tensor, try integers(starts), try integers(ends), try integers(axes)]
      if let steps { inputs.append(try integers(steps)) }
      return try add("Slice", inputs, outputs: 1)[0]
    }
    if steps?.contains(where: { $0 != 1 }) ?? false { try needs(10, for: "Slice") }
    return try add(
      "Slice", tensor, with: [.ints("axes", axes), .ints("starts", starts), .ints("ends", ends)])
  }

  /// Zeros around a tensor, or what `mode` says; a negative number cuts off. First all that goes in front, then all that goes
  /// behind.
  func pad(_ tensor: String, _ pads: [Int], mode: String = "constant") throws(AutodiffError) -> String {
    if pads.allSatisfy({ $0 == 0 }) { return tensor }
    let how = mode == "constant" ? [] : [Attribute.string("mode", mode)]
    if opset >= 11 { return try add("Pad", tensor, try integers(pads), with: how) }
    return try add("Pad", tensor, with: [.ints("pads", pads)] + how)
  }

  /// A tensor with the elements of this one in another shape, with at most one size -1.
  func reshape(_ tensor: String, _ dims: [Int]) throws(AutodiffError) -> String {
    try add("Reshape", tensor, try integers(dims))
  }

  /// The elements of `tensor` in the shape of `other`, which has as many.
  func reshape(_ tensor: String, like other: String) throws(AutodiffError) -> String {
    if let shape = facts[other]?.shape {
      if facts[tensor]?.shape == shape { return tensor }
      let result: String
      if shape.filter({ $0.size == nil }).count <= 1, !shape.contains(Dim(0)) {
        result = try reshape(tensor, shape.map { $0.size ?? -1 })
      } else {
        result = try add("Reshape", tensor, try add("Shape", other))
      }
      setShape(of: result, like: other)
      return result
    }
    return try add("Reshape", tensor, try add("Shape", other))
  }

  /// `tensor`, whose axes are those of `other` or 1, repeated to the shape of `other`.
  func expand(_ tensor: String, like other: String) throws(AutodiffError) -> String {
    let shape = facts[other]?.shape
    if let shape, facts[tensor]?.shape == shape { return tensor }
    let result: String
    if opset >= 8 {
      let sizes = shape?.compactMap(\.size)
      let target =
        sizes?.count == shape?.count && sizes != nil ? try integers(sizes!) : try add("Shape", other)
      result = try add("Expand", tensor, target)
    } else {
      // Without Expand: times ones, which have a single element where the size is not fixed. There the tensor must have
      // its full size already.
      guard let shape, let small = facts[tensor]?.shape, small.count == shape.count,
        zip(small, shape).allSatisfy({ $0 == $1 || $1.size != nil })
      else { throw .needsOperatorSet(op: "Expand", node: other, needed: 8, found: opset) }
      let dims = shape.map { $0.size ?? 1 }
      guard let count = try dims.map({ Dim($0) }).product().size, count <= Dim.bound / 16 else {
        throw .invalidGraph("tensor \(shown(other)) has too many elements")
      }
      var one = try scalar(1, like: tensor)
      if try type(of: tensor) == .float {
        one = try floats([Float](repeating: 1, count: count), dims: dims)
      } else {
        try needs(8, for: "Expand")
      }
      result = try add("Mul", tensor, one)
    }
    setShape(of: result, like: other)
    return result
  }

  /// Zeros in the shape of `other`.
  func zeros(like other: String) throws(AutodiffError) -> String {
    try needs(9, for: "ConstantOfShape")
    let value = try ONNXTensorProto(scalar: 0, dims: [1], type: try type(of: other))
    let zeros = try add("ConstantOfShape", try add("Shape", other), with: [.tensor("value", value)])
    setShape(of: zeros, like: other)
    return zeros
  }

  func cast(_ tensor: String, like other: String) throws(AutodiffError) -> String {
    let wanted = try type(of: other)
    if facts[tensor]?.type == wanted { return tensor }
    return try add("Cast", tensor, with: [.int("to", wanted.rawValue)])
  }

  /// The gradient where the condition holds, zero elsewhere: times the condition as a number, which is faster than
  /// a choice.
  func masked(_ gradient: String, by condition: String) throws(AutodiffError) -> String {
    try add("Mul", gradient, try cast(condition, like: gradient))
  }

  /// A tensor times a number. A multiple of a multiple is one of the tensor itself, unless the number leaves the middle of the range
  /// that every type has.
  func times(_ tensor: String, _ factor: Double) throws(AutodiffError) -> String {
    if factor == 1 { return tensor }
    if let known = multiples[tensor], (1e-3...1e3).contains(abs(known.factor * factor)) {
      return try times(known.tensor, known.factor * factor)
    }
    let result = try add("Mul", tensor, try scalar(factor, like: tensor))
    multiples[result] = (tensor, factor)
    return result
  }

  func transpose(_ tensor: String, _ permutation: [Int]) throws(AutodiffError) -> String {
    if permutation == Array(permutation.indices) { return tensor }
    return try add("Transpose", tensor, with: [.ints("perm", permutation)])
  }

  /// Swaps the last two axes.
  func transposeMatrix(_ tensor: String, rank: Int) throws(AutodiffError) -> String {
    var permutation = Array(0..<rank)
    permutation.swapAt(rank - 1, rank - 2)
    return try transpose(tensor, permutation)
  }

  func gemm(
    _ left: String, _ right: String, transposeLeft: Bool, transposeRight: Bool, alpha: Double = 1
  ) throws(AutodiffError) -> String {
    var inputs = [left, right]
    if opset < 11 { inputs.append(try scalar(0, like: left, dims: [1])) }
    return try add(
      "Gemm", inputs, outputs: 1,
      [
        .int("transA", transposeLeft ? 1 : 0), .int("transB", transposeRight ? 1 : 0), .float("alpha", alpha),
      ])[0]
  }
}
