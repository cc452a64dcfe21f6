// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension GradientRules {
  static let matrices = [
    GradientRule("MatMul", inferMatMul) { step throws(AutodiffError) in try step.matMul() },
    GradientRule("Gemm", inferGemm) { step throws(AutodiffError) in try step.gemm() },
  ]

  static func inferMatMul(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard var left = facts.shape, var right = builder.facts[try node.input(1)]?.shape else {
      return [TensorFacts(facts.type, nil)]
    }
    guard !left.isEmpty, !right.isEmpty else { throw node.invalid("multiplies single numbers") }
    let (isRow, isColumn) = (left.count == 1, right.count == 1)
    if isRow { left.insert(Dim(1), at: 0) }
    if isColumn { right.append(Dim(1)) }
    let inner = (left[left.count - 1].size, right[right.count - 2].size)
    if let (a, b) = inner as? (Int, Int), a != b { throw node.invalid("multiplies matrices that do not fit") }
    var shape = try builder.broadcast([left.dropLast(2), right.dropLast(2)].map { Array($0) }, for: node)
    if !isRow { shape.append(left[left.count - 2]) }
    if !isColumn { shape.append(right[right.count - 1]) }
    return [TensorFacts(facts.type, shape)]
  }

  private static func inferGemm(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError) -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let left = facts.shape, let right = builder.facts[try node.input(1)]?.shape else {
      return [TensorFacts(facts.type, nil)]
    }
    guard left.count == 2, right.count == 2 else { throw node.invalid("multiplies what is not two matrices") }
    let rows = left[try node.int("transA", default: 0) == 0 ? 0 : 1]
    let columns = right[try node.int("transB", default: 0) == 0 ? 1 : 0]
    return [TensorFacts(facts.type, [rows, columns])]
  }
}

extension Backward {
  fileprivate mutating func matMul() throws(AutodiffError) {
    let leftRank = try shape(ofInput: 0).count
    let rightRank = try shape(ofInput: 1).count
    var (left, right, g) = (try input(0), try input(1), try gradient())
    // A list counts as a matrix with one row on the left, with one column on the right.
    if rightRank == 1 {
      right = try builder.unsqueeze(right, axes: [1])
      g = try builder.unsqueeze(g, axes: [try rank(of: g)])
    }
    if leftRank == 1 {
      left = try builder.unsqueeze(left, axes: [0])
      g = try builder.unsqueeze(g, axes: [try rank(of: g) - 1])
    }
    if wants(0) {
      let turned = try builder.transposeMatrix(right, rank: max(rightRank, 2))
      let sum = try product(g, turned, like: left)
      give(try builder.reshape(sum, like: try input(0)), to: 0)
    }
    if wants(1) {
      let sum: String
      if max(rightRank, 2) == 2, leftRank > 2 {
        // One matrix for all: the rows of all examples in one product.
        let shape = try builder.shape(of: right, for: node)
        if let inner = shape[0].size, let outer = shape[1].size {
          sum = try builder.gemm(
            try builder.reshape(left, [-1, inner]), try builder.reshape(g, [-1, outer]), transposeLeft: true,
            transposeRight: false)
        } else {
          let turned = try builder.transposeMatrix(left, rank: leftRank)
          sum = try product(turned, g, like: right)
        }
      } else {
        let turned = try builder.transposeMatrix(left, rank: max(leftRank, 2))
        sum = try product(turned, g, like: right)
      }
      give(try builder.reshape(sum, like: try input(1)), to: 1)
    }
  }

  /// The product of two stacks of matrices, summed over the stacks along which `other` was repeated. Its matrices have
  /// the shape of those in `other`, also where that cannot be seen.
  private func product(_ left: String, _ right: String, like other: String) throws(AutodiffError) -> String {
    let product = try builder.add("MatMul", left, right)
    let stacks = try builder.shape(of: product, for: node).dropLast(2)
    builder.setShape(of: product, stacks + (try builder.shape(of: other, for: node).suffix(2)))
    return try builder.unbroadcast(product, to: other, for: node)
  }

  private func rank(of tensor: String) throws(AutodiffError) -> Int {
    try builder.shape(of: tensor, for: node).count
  }

  /// Y = alpha A' B' + beta C, where A' and B' may be transposed.
  fileprivate mutating func gemm() throws(AutodiffError) {
    let (a, b, g) = (try input(0), try input(1), try gradient())
    let isLeftTurned = try node.int("transA", default: 0) != 0
    let isRightTurned = try node.int("transB", default: 0) != 0
    let alpha = node.float("alpha") ?? 1
    if wants(0) {
      let (left, right) = isLeftTurned ? (b, g) : (g, b)
      give(
        try builder.gemm(
          left, right, transposeLeft: isLeftTurned && isRightTurned,
          transposeRight: isLeftTurned || !isRightTurned,
          alpha: alpha), to: 0)
    }
    if wants(1) {
      let (left, right) = isRightTurned ? (g, a) : (a, g)
      give(
        try builder.gemm(
          left, right, transposeLeft: isRightTurned || !isLeftTurned,
          transposeRight: isLeftTurned && isRightTurned,
          alpha: alpha), to: 1)
    }
    if wants(2) { try giveBroadcast(try builder.times(g, node.float("beta") ?? 1), to: 2) }
  }
}
