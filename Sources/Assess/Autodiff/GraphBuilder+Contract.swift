// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// Products with a table along one axis, and sums at places that may occur twice.
extension GraphBuilder {
  /// Replaces an axis with as many places as the matrix [rows, columns] has rows by one with as many as it has columns.
  func contract(_ tensor: String, with matrix: String, axis: Int, rank: Int) throws(AutodiffError) -> String {
    if axis == rank - 1 { return try add("MatMul", tensor, matrix) }
    if axis == rank - 2 { return try add("MatMul", try transpose(matrix, [1, 0]), tensor) }
    var permutation = Array(0..<rank)
    permutation.swapAt(axis, rank - 1)
    return try transpose(try add("MatMul", try transpose(tensor, permutation), matrix), permutation)
  }

  /// The identity matrix with as many rows as a tensor has places on an axis. Nil where that is known to be too many.
  func identity(axis: Int, of tensor: String, _ dim: Dim) throws(AutodiffError) -> String? {
    if let size = dim.size {
      guard size <= 1 << 12 else { return nil }
      var table = [Float](repeating: 0, count: size * size)
      for place in 0..<size { table[place * size + place] = 1 }
      return try cast(try floats(table, dims: [size, size]), like: tensor)
    }
    try needs(9, for: "EyeLike")
    let length = try slice(try add("Shape", tensor), axes: [0], from: [axis], to: [axis + 1])
    let zero = try ONNXTensorProto(scalar: 0, dims: [1], type: try type(of: tensor))
    let square = try add("Concat", length, length, with: [.int("axis", 0)])
    let eye = try add("EyeLike", try add("ConstantOfShape", square, with: [.tensor("value", zero)]))
    setType(of: eye, like: tensor, [dim, dim])
    return eye
  }

  /// Rows [K, ...] added up at the places [K] of zeros in the shape of `table`. Negative places count from the end.
  func addRows(_ rows: String, at places: String, like table: String) throws(AutodiffError) -> String {
    let length = try slice(try add("Shape", table), axes: [0], from: [0], to: [1])
    let long = try add("Cast", places, with: [.int("to", ElementType.int64.rawValue)])
    let isNegative = try add("Less", long, try integers([0]))
    try needs(9, for: "Where")
    let fixed = try add("Where", isNegative, try sum(long, length), long)
    if opset >= 16 {
      return try add(
        "ScatterND", try zeros(like: table), try unsqueeze(fixed, axes: [1]), rows,
        with: [.string("reduction", "add")])
    }
    // Nothing adds up before: a product with a table that says which row goes where.
    let hot = try oneHot(fixed, depth: length, like: rows)
    let flat = try reshape(rows, [0, -1])
    return try reshape(try add("MatMul", try transpose(hot, [1, 0]), flat), like: table)
  }

  /// A new last axis, with 1 at the place that an index names and 0 elsewhere.
  func oneHot(_ indices: String, depth: String, like numbers: String) throws(AutodiffError) -> String {
    try needs(9, for: "OneHot")
    // ONNX Runtime has it for float32 only.
    let hot = try add("OneHot", indices, depth, try floats([0, 1], dims: [2]))
    return try cast(hot, like: numbers)
  }
}
