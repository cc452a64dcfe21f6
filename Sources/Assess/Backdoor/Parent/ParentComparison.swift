// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletONNXSchema

/// What became of a model since its parent: its tensors and its graph.
package struct ParentComparison: Sendable {
  /// What did change, the tensors of the parent first.
  package private(set) var tensors: [TensorChange] = []
  package private(set) var graph: [GraphChange] = []
  /// Tensors that are as they were.
  package private(set) var unchanged = 0
  /// Of all tensors that both have.
  package private(set) var elements = 0
  package private(set) var changedElements = 0
  /// Whether both files have a graph to compare.
  package let hasGraph: Bool
  package let declared: [String]

  package var changes: Int { tensors.count + graph.count }
  package var undeclared: Int { tensors.count { !$0.isDeclared } + graph.count { !$0.isDeclared } }

  /// How many tensors changed in each way.
  package var counts: [(kind: TensorChange.Kind, count: Int)] {
    TensorChange.Kind.allCases.compactMap { kind in
      let count = tensors.count { $0.kind == kind }
      return count > 0 ? (kind, count) : nil
    }
  }

  /// The share of the parent's elements that must be in tensors of the same name and shape.
  private static let leastShared = 0.1

  /// - Parameters:
  ///   - other: another parent, of a model that was merged from two.
  ///   - declared: patterns of the names of tensors and nodes that were meant to change.
  /// - Throws: ``BackdoorError/unrelated(parent:reason:)``.
  package init(
    of model: ModelTensors, parent: ModelTensors, other: ModelTensors? = nil, declared: [String] = []
  ) throws(BackdoorError) {
    self.declared = declared
    hasGraph = model.graph != nil && parent.graph != nil
    var names = Self.sameNames(model, parent)
    // A file that was exported again calls everything otherwise, in the same order.
    if Self.shared(model, parent, names) < 0.5, let placed = Self.byPlace(model, parent),
      Self.shared(model, parent, placed) > Self.shared(model, parent, names)
    {
      names = placed
    }
    let share = Self.shared(model, parent, names)
    guard share >= Self.leastShared else {
      throw .unrelated(
        parent: parent.path,
        reason:
          "expected a model with the same tensors, found \(Int((share * 100).rounded())) % of its elements in tensors that both have"
      )
    }
    compareTensors(model, parent, other, names)
    if let old = parent.graph, let new = model.graph {
      graph = GraphComparison(
        before: old.proto, after: new.proto, renamed: names.filter { $0.key != $0.value }
      ).changes()
    }
    let patterns = declared.map { NamePattern($0) }
    for place in tensors.indices {
      tensors[place].isDeclared = patterns.contains { $0.matches(tensors[place].name) }
    }
    for place in graph.indices {
      graph[place].isDeclared = patterns.contains { $0.matches(graph[place].name) }
    }
  }

  private static func sameNames(_ model: ModelTensors, _ parent: ModelTensors) -> [String: String] {
    let known = Set(model.tensors.map(\.name))
    return Dictionary(
      parent.tensors.filter { known.contains($0.name) }.map { ($0.name, $0.name) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The share of the parent's elements in tensors that both have, of the same shape.
  private static func shared(
    _ model: ModelTensors, _ parent: ModelTensors, _ names: [String: String]
  ) -> Double {
    let shapes = Dictionary(
      model.tensors.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
    let known = Set(model.tensors.map(\.name))
    var (same, all) = (0, 0)
    for tensor in parent.tensors {
      let count = tensor.shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
      all += count
      let name = names[tensor.name] ?? tensor.name
      // Integers with scales stand for the tensor they were made from.
      if shapes[name] == tensor.shape
        || shapes[tensor.name + Quantised.suffix] == tensor.shape
          && known.contains(tensor.name + Quantised.scale)
      {
        same += count
      }
    }
    return Double(same) / Double(max(1, all))
  }

  /// The names of all tensors by their places in two graphs with the same operators in the same order.
  private static func byPlace(_ model: ModelTensors, _ parent: ModelTensors) -> [String: String]? {
    guard let new = model.graph?.proto.graph, let old = parent.graph?.proto.graph,
      new.node.map(\.opType) == old.node.map(\.opType)
    else { return nil }
    var names: [String: String] = [:]
    for (was, node) in zip(old.node, new.node) {
      guard was.input.count == node.input.count, was.output.count == node.output.count else { return nil }
      for (before, after) in zip(was.input + was.output, node.input + node.output) {
        guard names[before, default: after] == after else { return nil }
        names[before] = after
      }
    }
    return names
  }

  private mutating func compareTensors(
    _ model: ModelTensors, _ parent: ModelTensors, _ other: ModelTensors?, _ names: [String: String]
  ) {
    func byName(_ tensors: [NamedTensor]) -> [String: NamedTensor] {
      Dictionary(tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let (new, others) = (byName(model.tensors), byName(other?.tensors ?? []))
    var left = Set(model.tensors.map(\.name))
    for old in parent.tensors {
      let name = names[old.name] ?? old.name
      if let tensor = new[name] {
        left.remove(name)
        elements += tensor.count
        if let change = TensorComparison(before: old, after: tensor, other: others[old.name]).change() {
          changedElements += change.changed
          tensors.append(change)
        } else if name != old.name {
          tensors.append(.init(renamed: old, to: tensor))
        } else {
          unchanged += 1
        }
      } else if let (change, used) = Quantised.change(of: old, in: new) {
        left.subtract(used)
        elements += change.elements
        changedElements += change.changed
        tensors.append(change)
      } else {
        tensors.append(.init(removed: old))
      }
    }
    // What was only called otherwise has the same bytes under another name.
    for tensor in model.tensors where left.contains(tensor.name) {
      let place = tensors.firstIndex { change in
        change.kind == .removed && change.before == tensor.words
          && parent.tensors.contains { $0.name == change.name && $0.hasSameBytes(as: tensor) }
      }
      if let place, let old = parent.tensors.first(where: { $0.name == tensors[place].name }) {
        tensors[place] = .init(renamed: old, to: tensor)
      } else {
        tensors.append(.init(added: tensor))
      }
    }
  }
}

extension TensorChange {
  fileprivate init(added tensor: NamedTensor) {
    self.init(
      name: tensor.name, kind: .added, before: nil, after: tensor.words, elements: tensor.count,
      changed: tensor.count, relative: nil, cosine: nil, detail: "")
  }

  fileprivate init(removed tensor: NamedTensor) {
    self.init(
      name: tensor.name, kind: .removed, before: tensor.words, after: nil, elements: tensor.count,
      changed: tensor.count, relative: nil, cosine: nil, detail: "")
  }

  fileprivate init(renamed old: NamedTensor, to new: NamedTensor) {
    self.init(
      name: new.name, kind: .renamed, before: old.words, after: new.words, elements: new.count, changed: 0,
      relative: 0, cosine: nil, detail: "was '\(old.name.prefix(80))'")
  }
}

/// Integers with scales, as ONNX Runtime's quantiser writes them, in the place of a tensor.
enum Quantised {
  static let suffix = "_quantized"
  static let scale = "_scale"
  private static let zero = "_zero_point"

  /// - Returns: how the integers differ from the tensor, and the names of the tensors that are explained by it.
  static func change(
    of old: NamedTensor, in new: [String: NamedTensor]
  ) -> (change: TensorChange, used: [String])? {
    guard let integers = new[old.name + suffix], integers.kind.isSmallInteger || integers.kind == .int32,
      let scales = new[old.name + scale], scales.kind.isFloat, integers.shape == old.shape,
      old.kind.isFloat
    else { return nil }
    let zeros = new[old.name + zero]
    let steps = scales.numbers(0..<scales.count)
    let middles = zeros.map { $0.numbers(0..<$0.count) } ?? [0]
    guard !steps.isEmpty, steps.count == middles.count || middles.count == 1 else { return nil }
    let axis = steps.count == 1 ? nil : old.shape.firstIndex(of: steps.count)
    guard steps.count == 1 || axis != nil else { return nil }
    let inner = axis.map { old.shape[($0 + 1)...].reduce(1, *) } ?? 1
    let (values, whole) = (old.numbers(0..<old.count), integers.numbers(0..<integers.count))
    var (worst, differences, length, off) = (0.0, 0.0, 0.0, 0)
    for place in values.indices {
      let group = steps.count == 1 ? 0 : place / inner % steps.count
      let step = abs(steps[group])
      let value = (whole[place] - middles[middles.count == 1 ? 0 : group]) * steps[group]
      let difference = abs(value - values[place])
      differences += difference * difference
      length += values[place] * values[place]
      if difference > 1.01 * step { off += 1 }
      worst = max(worst, step > 0 ? difference / step : .infinity)
    }
    let isRounded = off == 0
    let change = TensorChange(
      name: integers.name, kind: isRounded ? .quantised : .edited, before: old.words, after: integers.words,
      elements: old.count, changed: old.count,
      relative: length > 0 ? (differences / length).squareRoot() : nil,
      cosine: nil,
      detail: isRounded
        ? "to \(integers.type), at most \(TensorComparison.text(worst)) of a step off"
        : "to \(integers.type), and \(off) elements are more than a step off")
    return (change, [integers.name, scales.name] + (zeros.map { [$0.name] } ?? []))
  }
}
