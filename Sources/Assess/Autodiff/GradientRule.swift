// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What is known about one operator: how the shapes of its outputs follow from its inputs, and how a gradient
/// passes through it backwards.
struct GradientRule: Sendable {
  /// The facts of the outputs, in order; nil where nothing can be told.
  typealias Infer = @Sendable (Node, GraphBuilder) throws(AutodiffError) -> [TensorFacts?]
  typealias Differentiate = @Sendable (inout Backward) throws(AutodiffError) -> Void

  enum Derivative: Sendable {
    case rule(Differentiate)
    /// Zero because the output only tells shapes or constants: nothing is lost.
    case none
    /// Zero although the output depends on the values of the input, as with rounding: a gradient stops here, which is
    /// how defences hide the true slope.
    case cut
  }

  let op: String
  let infer: Infer
  let derivative: Derivative

  init(_ op: String, _ infer: @escaping Infer, _ differentiate: @escaping Differentiate) {
    (self.op, self.infer, derivative) = (op, infer, .rule(differentiate))
  }

  init(_ op: String, zero derivative: Derivative, _ infer: @escaping Infer) {
    (self.op, self.infer, self.derivative) = (op, infer, derivative)
  }
}

/// One step backwards through one node. A rule reads the gradients of the node's outputs and gives one for
/// each input that wants one.
struct Backward {
  let node: Node
  let builder: GraphBuilder
  /// By output. Nil where the target does not depend on the output.
  let outputGradients: [String?]
  /// The inputs through which the target depends on what is differentiated for.
  let wanted: Set<Int>
  private(set) var given: [Int: String] = [:]
  /// Inputs that have no influence on the values of the outputs.
  private(set) var withoutInfluence: Set<Int> = []

  init(node: Node, builder: GraphBuilder, outputGradients: [String?], wanted: Set<Int>) {
    self.node = node
    self.builder = builder
    self.outputGradients = outputGradients
    self.wanted = wanted
  }

  func wants(_ input: Int) -> Bool { wanted.contains(input) }

  /// The gradient of the first output, which must be the only one.
  func gradient() throws(AutodiffError) -> String {
    guard let gradient = outputGradients.first ?? nil, outputGradients.dropFirst().allSatisfy({ $0 == nil })
    else {
      throw node.refused("only its first output can be differentiated")
    }
    return gradient
  }

  func input(_ index: Int) throws(AutodiffError) -> String { try node.input(index) }
  func output() throws(AutodiffError) -> String { try node.output() }
  func shape(ofInput index: Int) throws(AutodiffError) -> [Dim] {
    try builder.shape(of: try node.input(index), for: node)
  }

  /// Hands back the gradient of an input. One that no one wants is dropped, and its nodes with it.
  mutating func give(_ gradient: String, to input: Int) { given[input] = gradient }

  /// Says that an input tells only a type or a shape, so that its derivative is zero.
  mutating func giveNothing(to input: Int) { withoutInfluence.insert(input) }

  func needs(_ operatorSet: Int) throws(AutodiffError) {
    guard builder.opset >= operatorSet else {
      throw .needsOperatorSet(op: node.op, node: node.label, needed: operatorSet, found: builder.opset)
    }
  }
}
