// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletONNXSchema
import SwiftProtobuf

/// How the graph of a model differs from its parent's.
package struct GraphChange: Sendable, Equatable {
  package enum Kind: String, Sendable, Codable, CaseIterable {
    case added, removed
    /// It takes other tensors than before, or gives others.
    case rewired
    /// Its settings are others.
    case attributes
    /// Another operator stands in its place.
    case operation = "operator"
    /// The model takes or gives other tensors.
    case interface
    /// Another operator set, or other functions.
    case language
  }

  package let kind: Kind
  /// The name of the node, or the tensor it makes.
  package let name: String
  package let detail: String
  package var isDeclared = false
}

/// Compares nodes by their names, or by the tensors they make.
struct GraphComparison {
  let before: ONNXModelProto
  let after: ONNXModelProto
  /// What tensors are called in the new graph, by their old names.
  let renamed: [String: String]

  func changes() -> [GraphChange] {
    var changes: [GraphChange] = []
    let old = Self.byKey(before.graph.node, renamed)
    let new = Self.byKey(after.graph.node, [:])
    for (key, node) in old.order where new.nodes[key] == nil {
      changes.append(.init(kind: .removed, name: Self.name(node), detail: Self.words(node)))
    }
    for (key, node) in new.order {
      guard let was = old.nodes[key] else {
        changes.append(.init(kind: .added, name: Self.name(node), detail: Self.words(node)))
        continue
      }
      if was.opType != node.opType || was.domain != node.domain || was.overload != node.overload {
        changes.append(
          .init(kind: .operation, name: Self.name(node), detail: "\(was.opType) became \(node.opType)"))
        continue
      }
      let inputs = was.input.map { renamed[$0] ?? $0 }
      let outputs = was.output.map { renamed[$0] ?? $0 }
      if inputs != node.input || outputs != node.output {
        changes.append(
          .init(
            kind: .rewired, name: Self.name(node),
            detail: "\(node.opType) took \(Self.list(inputs)), takes \(Self.list(node.input))"
              + (outputs == node.output
                ? "" : "; gave \(Self.list(outputs)), gives \(Self.list(node.output))")))
      }
      let others = Self.differing(was, node)
      if !others.isEmpty {
        changes.append(
          .init(kind: .attributes, name: Self.name(node), detail: "\(node.opType): \(Self.list(others))"))
      }
    }
    return changes + interface() + language()
  }

  private static func byKey(
    _ nodes: [ONNXNodeProto], _ renamed: [String: String]
  ) -> (nodes: [String: ONNXNodeProto], order: [(String, ONNXNodeProto)]) {
    var found: [String: ONNXNodeProto] = [:]
    var order: [(String, ONNXNodeProto)] = []
    for node in nodes {
      let output = node.output.first.map { renamed[$0] ?? $0 } ?? ""
      var key = node.name.isEmpty ? "makes " + output : "is " + node.name
      while found[key] != nil { key += " again" }
      found[key] = node
      order.append((key, node))
    }
    return (found, order)
  }

  private static func name(_ node: ONNXNodeProto) -> String {
    node.name.isEmpty ? node.output.first ?? "" : node.name
  }

  private static func words(_ node: ONNXNodeProto) -> String {
    "\(node.domain.isEmpty ? "" : node.domain + ".")\(node.opType) from \(list(node.input)) to \(list(node.output))"
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty
      ? "nothing"
      : names.prefix(6).map { "'\($0.prefix(60))'" }.joined(separator: ", ") + (names.count > 6 ? ", …" : "")
  }

  /// The names of the settings that differ. The tensor of a constant is compared as a tensor.
  private static func differing(_ old: ONNXNodeProto, _ new: ONNXNodeProto) -> [String] {
    func settings(_ node: ONNXNodeProto) -> [String: ONNXAttributeProto] {
      var found: [String: ONNXAttributeProto] = [:]
      for var attribute in node.attribute {
        if node.opType == "Constant", attribute.name == "value", attribute.hasT { continue }
        attribute.clearDocString()
        found[attribute.name] = attribute
      }
      return found
    }
    let (before, after) = (settings(old), settings(new))
    return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
  }

  private func interface() -> [GraphChange] {
    func words(_ infos: [ONNXValueInfoProto], _ constants: [ONNXTensorProto]) -> [String: String] {
      let constants = Set(constants.map(\.name))
      var found: [String: String] = [:]
      for info in infos where !constants.contains(info.name) {
        let type = info.type.tensorType
        let sizes = type.shape.dim.map { $0.dimParam.isEmpty ? "\($0.dimValue)" : "?" }
        found[info.name] = "type \(type.elemType) [\(sizes.joined(separator: ", "))]"
      }
      return found
    }
    var changes: [GraphChange] = []
    for (what, old, new) in [
      (
        "input", words(before.graph.input, before.graph.initializer),
        words(after.graph.input, after.graph.initializer)
      ),
      ("output", words(before.graph.output, []), words(after.graph.output, [])),
    ] {
      let old = Dictionary(
        old.map { (renamed[$0.key] ?? $0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
      for name in Set(old.keys).union(new.keys).sorted() where old[name] != new[name] {
        let detail =
          old[name] == nil
          ? "a new \(what)"
          : new[name] == nil ? "the \(what) is gone" : "\(what): \(old[name] ?? "") became \(new[name] ?? "")"
        changes.append(.init(kind: .interface, name: name, detail: detail))
      }
    }
    return changes
  }

  private func language() -> [GraphChange] {
    func sets(_ model: ONNXModelProto) -> [String: Int64] {
      Dictionary(
        model.opsetImport.map { ($0.domain == "ai.onnx" ? "" : $0.domain, $0.version) },
        uniquingKeysWith: max)
    }
    var changes: [GraphChange] = []
    let (old, new) = (sets(before), sets(after))
    for domain in Set(old.keys).union(new.keys).sorted() where old[domain] != new[domain] {
      func words(_ version: Int64?) -> String { version.map { "version \($0)" } ?? "none" }
      changes.append(
        .init(
          kind: .language, name: domain.isEmpty ? "ai.onnx" : domain,
          detail: "the operator set was \(words(old[domain])), is \(words(new[domain]))"))
    }
    if before.functions != after.functions {
      changes.append(
        .init(kind: .language, name: "functions", detail: "the functions of the file are others"))
    }
    return changes
  }
}
