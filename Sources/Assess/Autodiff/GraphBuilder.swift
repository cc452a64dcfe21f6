// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// A graph under construction: the model's own nodes, then those that rules add. It knows the shapes of all its
/// tensors, and makes names that collide with nothing.
final class GraphBuilder {
  /// The version of the default operator set, which is the model's and is kept.
  let opset: Int
  private(set) var nodes: [Node] = []
  /// Which node makes a tensor.
  private(set) var makers: [String: Int] = [:]
  private(set) var facts: [String: TensorFacts] = [:]
  private(set) var initializers: [String: ONNXTensorProto] = [:]
  private(set) var inputs: [ONNXValueInfoProto] = []
  var symbols = Symbols()
  /// The logit of class 1, where the model says one probability.
  var loneLogit: String?
  /// The inputs that hold the lists of weights and of running statistics, in a graph whose weights are learned.
  var parameterLists: (weights: String?, statistics: String?)?
  /// The gradients that sweeps began with.
  var seeds: Set<String> = []
  /// Tensors that are others times a number.
  var multiples: [String: (tensor: String, factor: Double)] = [:]
  /// What running statistics become by the batch, by the statistic's name.
  var newStatistics: [String: String] = [:]
  /// Every name in use, also inside of subgraphs.
  private var names: Set<String>
  private var nextName = 0
  private var constants: [ConstantKey: String] = [:]
  private var madeElements = 0
  /// As many numbers as fit into one file: more in constants that rules make can be of no use.
  private static let maximumMadeElements = 1 << 29

  /// More nodes than any model has: without a bound, a small model could ask for recurrent layers without end.
  private static let maximumNodes = 1 << 20

  private struct ConstantKey: Hashable {
    let type: ElementType
    let dims: [Int]
    let values: [Int]
  }

  init(opset: Int, reserving names: Set<String>) {
    self.opset = opset
    self.names = names
  }

  // MARK: Names and tensors

  /// A name that nothing in the graph has.
  func freshName(_ stem: String) -> String {
    var name = "martlet." + stem
    while !names.insert(name).inserted {
      nextName += 1
      name = "martlet.\(stem).\(nextName)"
    }
    return name
  }

  func addInput(_ info: ONNXValueInfoProto, _ facts: TensorFacts?) {
    inputs.append(info)
    self.facts[info.name] = facts
  }

  /// An input that the model itself does not have.
  func addInput(_ name: String, _ facts: TensorFacts) {
    self.facts[name] = facts
    inputs.append(valueInfo(name))
  }

  func addInitializer(_ tensor: ONNXTensorProto) throws(AutodiffError) {
    guard tensor.dims.count <= Dim.maximumRank,
      tensor.dims.allSatisfy({ (0...Int64(Dim.bound)).contains($0) }),
      let type = ElementType(rawValue: Int(tensor.dataType)), type != .undefined
    else { throw .invalidGraph("the constant \(shown(tensor.name)) has no valid type and shape") }
    initializers[tensor.name] = tensor
    facts[tensor.name] = TensorFacts(
      type, tensor.dims.map { Dim(Int($0)) }, content: content(of: tensor))
  }

  func setShape(of tensor: String, like other: String) {
    guard let known = facts[other] else { return }
    facts[tensor, default: TensorFacts(known.type, nil)].shape = known.shape
  }

  /// For tensors that operators make whose facts are not inferred.
  func setType(of tensor: String, like other: String, _ shape: [Dim]) {
    facts[tensor] = facts[other].map { TensorFacts($0.type, shape) }
  }

  func setShape(of tensor: String, _ shape: [Dim]) { facts[tensor]?.shape = shape }

  /// The constant behind a name, when it is one.
  func constant(_ name: String) -> ONNXTensorProto? { initializers[name] }

  func type(of tensor: String) throws(AutodiffError) -> ElementType {
    guard let facts = facts[tensor] else {
      throw .unknownShape(tensor: tensor, reason: "the operator that makes it is not known")
    }
    return facts.type
  }

  func shape(of tensor: String, for node: Node) throws(AutodiffError) -> [Dim] {
    guard let shape = facts[tensor]?.shape else {
      throw .unknownShape(
        tensor: tensor, reason: "\(shown(node.op)) at node \(shown(node.label)) needs its rank")
    }
    return shape
  }

  /// The sizes of some axes of a tensor, which must all be fixed.
  func sizes(_ shape: [Dim], _ tensor: String, for node: Node) throws(AutodiffError) -> [Int] {
    var sizes: [Int] = []
    for dim in shape {
      guard let size = dim.size else {
        throw .unknownShape(
          tensor: tensor,
          reason: "\(shown(node.op)) at node \(shown(node.label)) needs sizes that are left open")
      }
      sizes.append(size)
    }
    return sizes
  }

  // MARK: Nodes

  /// Adds a node of the model as it is.
  func append(_ node: Node) throws(AutodiffError) {
    guard nodes.count < Self.maximumNodes else { throw .tooLarge }
    for name in node.outputs { makers[name] = nodes.count }
    nodes.append(node)
    guard node.domain.isEmpty, let rule = GradientRules.all[node.op] else { return }
    let inferred = try rule.infer(node, self)
    for (name, facts) in zip(node.outputs, inferred) where !name.isEmpty {
      if let shape = facts?.shape {
        guard shape.count <= Dim.maximumRank, shape.allSatisfy(\.isPlausible) else {
          throw node.invalid("makes a tensor of an impossible shape")
        }
      }
      self.facts[name] = facts
    }
  }

  /// Replaces a node of the model by one that has the same outputs and possibly more.
  func replace(_ old: Node, with new: ONNXNodeProto, outputFacts: [String: TensorFacts]) {
    guard let place = old.outputs.first.flatMap({ makers[$0] }) else { return }
    nodes[place] = Node(proto: new)
    for name in new.output { makers[name] = place }
    facts.merge(outputFacts) { $1 }
  }

  /// Adds a node of the default domain.
  @discardableResult
  func add(
    _ op: String, _ inputs: [String], outputs count: Int, _ attributes: [Attribute] = []
  ) throws(AutodiffError) -> [String] {
    var proto = ONNXNodeProto()
    proto.opType = op
    proto.input = inputs
    proto.output = (0..<count).map { _ in freshName(op) }
    proto.name = proto.output[0]
    proto.attribute = attributes.map(\.proto)
    try append(Node(proto: proto))
    return proto.output
  }

  func add(_ op: String, _ inputs: String..., with attributes: [Attribute] = []) throws(AutodiffError)
    -> String
  {
    try add(op, inputs, outputs: 1, attributes)[0]
  }

  // MARK: Constants

  /// A constant, of rank 1 where nothing else is said, shared with others that are equal.
  func integers(_ values: [Int], dims: [Int]? = nil) throws(AutodiffError) -> String {
    let dims = dims ?? [values.count]
    let key = ConstantKey(type: .int64, dims: dims, values: values)
    if let name = constants[key] { return name }
    let name = try constant(ONNXTensorProto(integers: values, dims: dims))
    constants[key] = name
    return name
  }

  /// One number of the same type as `tensor`, to be broadcast.
  func scalar(_ value: Double, like tensor: String, dims: [Int] = []) throws(AutodiffError) -> String {
    let type = try type(of: tensor)
    let key = ConstantKey(type: type, dims: dims, values: [Int(bitPattern: UInt(value.bitPattern))])
    if let name = constants[key] { return name }
    let name = try constant(ONNXTensorProto(scalar: value, dims: dims, type: type))
    constants[key] = name
    return name
  }

  func floats(_ values: [Float], dims: [Int]) throws(AutodiffError) -> String {
    try constant(ONNXTensorProto(floats: values, dims: dims))
  }

  private func constant(_ tensor: ONNXTensorProto) throws(AutodiffError) -> String {
    madeElements += tensor.elementCount ?? 0
    guard madeElements <= Self.maximumMadeElements else { throw .tooLarge }
    var named = tensor
    named.name = freshName("constant")
    try addInitializer(named)
    return named.name
  }

  private func content(of tensor: ONNXTensorProto) -> [Dim]? {
    guard tensor.dims.count <= 1, let count = tensor.elementCount, count <= 4096 else { return nil }
    guard tensor.dataType != ElementType.bool.rawValue else { return nil }
    return tensor.integers?.map { Dim($0) }
  }
}
