// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why no gradient graph could be built. Names come from the model, which is hostile: they are shown escaped.
package enum AutodiffError: Error, Equatable, Sendable {
  /// The model's operator set is outside of ``GradientRules/operatorSets``.
  case operatorSet(found: Int)
  /// An operator between the input and the target has no rule.
  case unsupportedOperator(op: String, domain: String, node: String)
  /// The operator has a rule, but not for this use of it.
  case unsupportedUse(op: String, node: String, reason: String)
  /// The derivative can only be written with operators of a later operator set than the model's.
  case needsOperatorSet(op: String, node: String, needed: Int, found: Int)
  /// A size is needed that the graph does not fix.
  case unknownShape(tensor: String, reason: String)
  /// The graph contradicts itself or the standard.
  case invalidGraph(String)
  /// The graph has no such tensor.
  case noSuchTensor(name: String, role: String, available: [String])
  /// A tensor is there but cannot play its part.
  case unsuitableTensor(name: String, role: String, reason: String)
  /// The target does not depend on the input in a differentiable way. `cuts` are the nodes in between whose derivative is zero.
  case notConnected(input: String, target: String, cuts: [String])
  /// Weights that are said to lie in another file cannot be read from there.
  case externalWeights(tensor: String, reason: String)
  /// The gradient graph has more nodes than any model needs, or is larger than a protocol buffer may be.
  case tooLarge
}

extension AutodiffError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .operatorSet(let found):
      "expected operator set \(GradientRules.operatorSets.lowerBound) to "
        + "\(GradientRules.operatorSets.upperBound), found \(found): export the model again with one of these"
    case .unsupportedOperator(let op, let domain, let node):
      Self.unsupported(op: op, domain: domain, node: node)
    case .unsupportedUse(let op, let node, let reason):
      "cannot differentiate \(shown(op)) at node \(shown(node)): \(reason)"
    case .needsOperatorSet(let op, let node, let needed, let found):
      "the gradient of \(shown(op)) at node \(shown(node)) needs operator set \(needed) or later, "
        + "the model has \(found): export it again with a later one"
    case .unknownShape(let tensor, let reason):
      "the shape of tensor \(shown(tensor)) is not fixed by the graph: \(reason)"
    case .invalidGraph(let reason):
      "expected a valid ONNX graph, found one in which \(reason)"
    case .noSuchTensor(let name, let role, let available):
      "found no \(role) named \(shown(name)); choose from "
        + available.prefix(20).map(shown).joined(separator: ", ")
    case .unsuitableTensor(let name, let role, let reason):
      "tensor \(shown(name)) cannot be the \(role): \(reason)"
    case .notConnected(let input, let target, let cuts):
      "tensor \(shown(target)) does not depend on \(shown(input)) in a differentiable way"
        + (cuts.isEmpty
          ? "" : "; the derivative is zero at " + cuts.prefix(20).map(shown).joined(separator: ", "))
    case .externalWeights(let tensor, let reason):
      "the values of tensor \(shown(tensor)) lie in another file, which is not read: \(reason)"
    case .tooLarge:
      "the gradient graph would have more than a million nodes, or be larger than 2 GiB, the most that one ONNX file can hold"
    }
  }

  private static func unsupported(op: String, domain: String, node: String) -> String {
    if op.hasPrefix("TreeEnsemble") {
      return
        "\(shown(op)) at node \(shown(node)) is a tree ensemble: its output is piecewise constant, so it has no "
        + "useful gradient; use an attack that only asks for predictions"
    }
    if ["If", "Loop", "Scan", "SequenceMap"].contains(op) {
      return
        "\(shown(op)) at node \(shown(node)) is control flow, which is not differentiated; export the model without it"
    }
    if !domain.isEmpty {
      return
        "\(shown(op)) at node \(shown(node)) belongs to the domain \(shown(domain)); only operators of the ONNX "
        + "default domain are differentiated"
    }
    return "\(shown(op)) at node \(shown(node)) is not differentiated; these are: "
      + GradientRules.supported.joined(separator: ", ")
  }
}

/// A name from a model, quoted for a message: control characters escaped, and cut when it is long.
func shown(_ name: String) -> String {
  var text = ""
  for scalar in name.unicodeScalars.prefix(120) {
    let isPlain =
      scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format
    text += isPlain ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
  }
  return "'" + text + (name.unicodeScalars.count > 120 ? "…" : "") + "'"
}
