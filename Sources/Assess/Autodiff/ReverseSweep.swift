// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Reverse-mode differentiation: from the target back to the input, one rule a node, the contributions to a tensor
/// summed where it is used more than once. Only nodes between the two are differentiated.
struct ReverseSweep {
  let builder: GraphBuilder
  let target: String
  let sources: [String]
  /// The nodes in between, in the order of the graph, each with the inputs that carry the dependence.
  private var path: [(node: Node, wanted: Set<Int>, rule: GradientRule)] = []
  private var dependent: Set<String>
  /// Nodes whose output depends on a source, but with derivative zero.
  private(set) var cuts: [String] = []

  /// Finds the path.
  /// - Throws: ``AutodiffError/unsupportedOperator(op:domain:node:)`` for a node on it without a rule.
  ///
  /// - Parameter start: nodes before this one are not looked at.
  init(
    _ builder: GraphBuilder, from target: String, to sources: [String], after start: Int = 0
  ) throws(AutodiffError) {
    (self.builder, self.target, self.sources) = (builder, target, sources)
    dependent = Set(sources)
    var reaching: Set<String> = [target]
    for node in builder.nodes[start...].reversed()
    where node.outputs.contains(where: reaching.contains) {
      reaching.formUnion(node.inputs)
    }
    let starts = Set(sources)
    for node in builder.nodes[start...]
    where node.outputs.contains(where: reaching.contains) {
      let wanted = node.inputs.indices.filter { dependent.contains(node.inputs[$0]) }
      if wanted.isEmpty { continue }
      guard node.domain.isEmpty, let rule = GradientRules.all[node.op] else {
        throw .unsupportedOperator(op: node.op, domain: node.domain, node: node.label)
      }
      switch rule.derivative {
      case .none: continue
      case .cut: cuts.append("\(node.op) \(node.label)")
      case .rule:
        let outputs = node.outputs.filter {
          !$0.isEmpty && !starts.contains($0) && builder.facts[$0]?.type.isDifferentiable ?? false
        }
        if outputs.isEmpty {
          cuts.append("\(node.op) \(node.label)")
        } else {
          dependent.formUnion(outputs)
          path.append((node, Set(wanted), rule))
        }
      }
    }
  }

  /// The gradient of each source, given that of the target.
  /// - Throws: ``AutodiffError/notConnected(input:target:cuts:)``, and what the rules refuse.
  func gradients(seed: String) throws(AutodiffError) -> [String] {
    var result: [String] = []
    for (source, gradient) in zip(sources, try found(seed: seed)) {
      guard let gradient else { throw .notConnected(input: source, target: target, cuts: cuts) }
      result.append(gradient)
    }
    return result
  }

  /// The same, with nil for a source that the target does not depend on.
  func found(seed: String) throws(AutodiffError) -> [String?] {
    builder.seeds.insert(seed)
    var parts: [String: [String]] = [target: [seed]]
    for (node, wanted, rule) in path.reversed() {
      var outputs: [String?] = []
      for name in node.outputs { outputs.append(try total(&parts, name)) }
      guard outputs.contains(where: { $0 != nil }), case .rule(let differentiate) = rule.derivative else {
        continue
      }
      var step = Backward(node: node, builder: builder, outputGradients: outputs, wanted: wanted)
      try differentiate(&step)
      for input in wanted.sorted() {
        guard let gradient = step.given[input] else {
          if step.withoutInfluence.contains(input) { continue }
          throw node.refused("its derivative with respect to its input \(input) is not known")
        }
        builder.setShape(of: gradient, like: node.inputs[input])
        parts[node.inputs[input], default: []].append(gradient)
      }
    }
    var result: [String?] = []
    for source in sources { result.append(try total(&parts, source)) }
    return result
  }

  private func total(_ parts: inout [String: [String]], _ tensor: String) throws(AutodiffError) -> String? {
    guard let list = parts[tensor] else { return nil }
    if list.count == 1 { return list[0] }
    let sum = try builder.add(list.count == 2 ? "Add" : "Sum", list, outputs: 1)[0]
    builder.setShape(of: sum, like: tensor)
    parts[tensor] = [sum]
    return sum
  }
}
