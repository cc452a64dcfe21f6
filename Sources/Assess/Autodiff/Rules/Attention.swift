// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

extension GradientRules {
  static let attentions = [
    GradientRule("Attention", inferAttention) { step throws(AutodiffError) in
      let node = step.node
      try step.decompose { (builder, names) throws(AutodiffError) in
        try AttentionForm(node, builder).write(names)
      }
    }
  ]

  private static func inferAttention(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    let unknown = node.outputs.map { _ in TensorFacts(facts.type, nil) as TensorFacts? }
    guard let query = facts.shape, let keys = builder.facts[try node.input(1)]?.shape,
      let values = builder.facts[try node.input(2)]?.shape
    else { return unknown }
    let rank = query.count
    guard rank == 3 || rank == 4, keys.count == rank, values.count == rank else {
      throw node.invalid("needs a query, a key and a value of the same rank, 3 or 4")
    }
    // As [N, H, S, D].
    var tables = [query, keys, values]
    if rank == 3 {
      let (heads, keyHeads) = try (node.heads("q_num_heads"), node.heads("kv_num_heads"))
      for (place, count) in [heads, keyHeads, keyHeads].enumerated() {
        let shape = tables[place]
        let width = shape[2].divided(by: Dim(count)) ?? builder.symbols.fresh()
        tables[place] = [shape[0], Dim(count), shape[1], width]
      }
    }
    for (place, name) in [(1, node.optionalInput(4)), (2, node.optionalInput(5))] {
      guard let name else { continue }
      if let past = builder.facts[name]?.shape, past.count == 4, let more = past[2].size,
        let size = tables[place][2].size
      {
        tables[place][2] = Dim(more + size)
      } else {
        tables[place][2] = builder.symbols.fresh()
      }
    }
    let (q, k, v) = (tables[0], tables[1], tables[2])
    let result = rank == 4 ? [q[0], q[1], q[2], v[3]] : [q[0], q[2], try q[1].times(v[3])]
    return [
      TensorFacts(facts.type, result), TensorFacts(facts.type, k), TensorFacts(facts.type, v),
      TensorFacts(facts.type, [q[0], q[1], q[2], k[2]]),
    ]
  }
}

extension Node {
  fileprivate func heads(_ name: String) throws(AutodiffError) -> Int {
    guard let count = try int(name), count > 0 else { throw invalid("does not say its \(name)") }
    return count
  }
}

/// Scaled dot-product attention, written out in matrix products and a softmax.
private struct AttentionForm {
  let node: Node
  let builder: GraphBuilder

  init(_ node: Node, _ builder: GraphBuilder) { (self.node, self.builder) = (node, builder) }

  /// The result, the keys and values with those of the past, and the scores that are told.
  func write(_ names: [String?]) throws(AutodiffError) -> [String] {
    func name(_ index: Int) -> String? { names.indices.contains(index) ? names[index] : nil }
    guard let given = name(0), let keys = name(1), let values = name(2) else {
      throw node.invalid("lacks a query, a key or a value")
    }
    guard name(6) == nil else { throw node.refused("it has a number of keys for each example") }
    let rank = try builder.shape(of: given, for: node).count
    guard rank == 3 || rank == 4 else { throw node.invalid("needs inputs of rank 3 or 4") }
    let isFlat = rank == 3
    let query = isFlat ? try split(given, "q_num_heads") : given
    var key = isFlat ? try split(keys, "kv_num_heads") : keys
    var value = isFlat ? try split(values, "kv_num_heads") : values
    if let past = name(4) { key = try builder.add("Concat", past, key, with: [.int("axis", 2)]) }
    if let past = name(5) { value = try builder.add("Concat", past, value, with: [.int("axis", 2)]) }
    let present = [key, value]
    let shape = try builder.shape(of: query, for: node)
    (key, value) = (try repeated(key, like: shape), try repeated(value, like: shape))

    var scale = node.float("scale") ?? 0
    if scale == 0 {
      let width = try builder.sizes([shape[3]], query, for: node)[0]
      scale = 1 / Double(max(1, width)).squareRoot()
    }
    let turned = try builder.transpose(key, [0, 1, 3, 2])
    var scores = try builder.add("MatMul", try builder.times(query, scale), turned)
    var told = [scores]
    // As ONNX Runtime has it, the cap comes before the masks.
    if let cap = node.float("softcap"), cap != 0 {
      scores = try builder.times(try builder.add("Tanh", try builder.times(scores, 1 / cap)), cap)
    }
    told.append(scores)
    if let mask = name(3) { scores = try builder.sum(scores, try additive(mask, like: scores)) }
    if try node.int("is_causal", default: 0) != 0 {
      scores = try builder.sum(scores, try causal(query, key, past: name(4), like: scores))
    }
    told.append(scores)
    let weights = try builder.add("Softmax", scores, with: [.int("axis", -1)])
    told.append(weights)
    let result = try builder.add("MatMul", weights, value)
    let form = try node.int("qk_matmul_output_mode", default: 0)
    guard told.indices.contains(form) else { throw node.invalid("has no such qk_matmul_output_mode") }
    let scoresTold = told[form]
    guard isFlat else { return [result] + present + [scoresTold] }
    let joined = try builder.reshape(try builder.transpose(result, [0, 2, 1, 3]), [0, 0, -1])
    return [joined] + present + [scoresTold]
  }

  /// [N, S, H D] -> [N, H, S, D]
  private func split(_ tensor: String, _ heads: String) throws(AutodiffError) -> String {
    let table = try builder.reshape(tensor, [0, 0, try node.heads(heads), -1])
    return try builder.transpose(table, [0, 2, 1, 3])
  }

  /// Keys or values whose heads serve several heads of the query, repeated for each.
  private func repeated(_ tensor: String, like query: [Dim]) throws(AutodiffError) -> String {
    let shape = try builder.shape(of: tensor, for: node)
    guard shape.count == 4 else { throw node.invalid("needs keys and values of the rank of the query") }
    if shape[1] == query[1] { return tensor }
    let sizes = try builder.sizes([query[1], shape[1], shape[3]], tensor, for: node)
    guard sizes[1] > 0, sizes[0] % sizes[1] == 0 else { throw node.invalid("has heads that do not fit") }
    let copies = try builder.integers([1, 1, sizes[0] / sizes[1], 1, 1])
    let wide = try builder.add("Expand", try builder.unsqueeze(tensor, axes: [2]), copies)
    return try builder.reshape(wide, [0, sizes[0], -1, sizes[2]])
  }

  /// A mask as numbers to add: minus infinity where a key is not to be seen.
  private func additive(_ mask: String, like scores: String) throws(AutodiffError) -> String {
    guard try builder.type(of: mask) == .bool else { return mask }
    return try builder.add(
      "Where", mask, try builder.scalar(0, like: scores), try builder.scalar(-.infinity, like: scores))
  }

  /// Each place sees those before it and itself.
  private func causal(
    _ query: String, _ key: String, past: String?, like scores: String
  ) throws(AutodiffError) -> String {
    func length(_ tensor: String) throws(AutodiffError) -> String {
      try builder.slice(try builder.add("Shape", tensor), axes: [0], from: [2], to: [3])
    }
    let sizes = try builder.add("Concat", try length(query), try length(key), with: [.int("axis", 0)])
    let one = try ONNXTensorProto(scalar: 1, dims: [1], type: try builder.type(of: scores))
    let ones = try builder.add("ConstantOfShape", sizes, with: [.tensor("value", one)])
    var inputs = [ones]
    if let past { inputs.append(try builder.squeeze(try length(past), axes: [0])) }
    let seen = try builder.add("Trilu", inputs, outputs: 1, [.int("upper", 0)])[0]
    let isSeen = try builder.add("Greater", seen, try builder.scalar(0, like: scores))
    return try additive(isSeen, like: scores)
  }
}
