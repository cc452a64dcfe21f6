// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletONNXSchema

/// A node of the graph with its attributes read by type. Numbers are checked against ``Dim/bound``, so that rules
/// can calculate with them.
struct Node {
  let proto: ONNXNodeProto

  var op: String { proto.opType }
  var inputs: [String] { proto.input }
  var outputs: [String] { proto.output }
  /// The node's name, or what it makes when it has none.
  var label: String { proto.name.isEmpty ? (proto.output.first { !$0.isEmpty } ?? proto.opType) : proto.name }

  /// The default domain has two spellings.
  var domain: String { proto.domain == "ai.onnx" ? "" : proto.domain }

  /// The name of an input, or nil when the optional input is left out.
  func optionalInput(_ index: Int) -> String? {
    inputs.indices.contains(index) && !inputs[index].isEmpty ? inputs[index] : nil
  }

  func input(_ index: Int) throws(AutodiffError) -> String {
    guard let name = optionalInput(index) else {
      throw .invalidGraph("\(shown(op)) at node \(shown(label)) lacks its input \(index)")
    }
    return name
  }

  func output(_ index: Int = 0) throws(AutodiffError) -> String {
    guard index < outputs.count, !outputs[index].isEmpty else {
      throw .invalidGraph("\(shown(op)) at node \(shown(label)) lacks its output \(index)")
    }
    return outputs[index]
  }

  func attribute(_ name: String) -> ONNXAttributeProto? { proto.attribute.first { $0.name == name } }

  func int(_ name: String) throws(AutodiffError) -> Int? {
    guard let attribute = attribute(name) else { return nil }
    return try bounded(attribute.i, name)
  }

  func int(_ name: String, default value: Int) throws(AutodiffError) -> Int { try int(name) ?? value }

  func ints(_ name: String) throws(AutodiffError) -> [Int]? {
    guard let attribute = attribute(name) else { return nil }
    var result: [Int] = []
    for value in attribute.ints { result.append(try bounded(value, name)) }
    return result
  }

  /// The values as they are: also the huge ones by which a slice says "to the end".
  func unboundedInts(_ name: String) -> [Int]? { attribute(name)?.ints.map { Int($0) } }

  func float(_ name: String) -> Double? { attribute(name).map { Double($0.f) } }
  func string(_ name: String) -> String? { attribute(name).map { String(decoding: $0.s, as: UTF8.self) } }

  /// A type of elements that an attribute names by its number.
  func elementType(_ name: String) throws(AutodiffError) -> ElementType? {
    guard let number = try int(name) else { return nil }
    guard let type = ElementType(rawValue: number), type != .undefined else {
      throw invalid("names an unknown type as its \(name)")
    }
    return type
  }

  /// `axis` counted from the front.
  /// - Throws: ``AutodiffError/invalidGraph(_:)`` when the tensor has no such axis.
  func axis(_ axis: Int, rank: Int) throws(AutodiffError) -> Int {
    guard (-rank..<rank).contains(axis) else {
      throw .invalidGraph("\(shown(op)) at node \(shown(label)) names axis \(axis) of a tensor with \(rank)")
    }
    return axis < 0 ? axis + rank : axis
  }

  func axes(_ axes: [Int], rank: Int) throws(AutodiffError) -> [Int] {
    var result: Set<Int> = []
    for axis in axes { result.insert(try self.axis(axis, rank: rank)) }
    guard result.count == axes.count else { throw invalid("names an axis twice") }
    return result.sorted()
  }

  func refused(_ reason: String) -> AutodiffError { .unsupportedUse(op: op, node: label, reason: reason) }
  func invalid(_ reason: String) -> AutodiffError {
    .invalidGraph("\(shown(op)) at node \(shown(label)) \(reason)")
  }

  private func bounded(_ value: Int64, _ name: String) throws(AutodiffError) -> Int {
    guard value.magnitude <= UInt64(Dim.bound) else { throw invalid("has \(value) as its \(name)") }
    return Int(value)
  }
}

/// An attribute of a node that a rule makes.
enum Attribute {
  case int(String, Int)
  case ints(String, [Int])
  case float(String, Double)
  case string(String, String)
  case tensor(String, ONNXTensorProto)

  var proto: ONNXAttributeProto {
    var proto = ONNXAttributeProto()
    switch self {
    case .int(let name, let value):
      (proto.name, proto.type, proto.i) = (name, .int, Int64(value))
    case .ints(let name, let values):
      (proto.name, proto.type, proto.ints) = (name, .ints, values.map { Int64($0) })
    case .float(let name, let value):
      (proto.name, proto.type, proto.f) = (name, .float, Float(value))
    case .string(let name, let value):
      (proto.name, proto.type, proto.s) = (name, .string, Data(value.utf8))
    case .tensor(let name, let value):
      (proto.name, proto.type, proto.t) = (name, .tensor, value)
    }
    return proto
  }
}
