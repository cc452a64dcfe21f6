// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// What an ONNX file says about itself: who made it, with which operators it runs, what goes in and comes out, and its
/// tensors, those of graphs in graphs, of constants and of functions too. Numbers are stepped over and nothing is copied,
/// so that a model of many gigabytes costs the pages its nodes lie on. Where a field stands twice, the last counts.
///
/// Texts are cut at ``Limits/graphName`` bytes. Tensors in graphs deeper than ``Limits/protobufDepth`` messages are an error.
/// Source: `onnx.proto` of onnx 1.20.
package struct ONNXOutline: Sendable {
  /// An input or an output of the model.
  package struct Port: Sendable, Equatable {
    package let name: String
    package let type: ONNXValueType
  }

  package struct Tensor: Sendable, Equatable {
    /// `TensorProto.DataType`.
    package let type: UInt64
    package let dimensions: [Int64]
    /// Its numbers lie in another file.
    package let isExternal: Bool
  }

  package private(set) var irVersion: UInt64?
  package private(set) var producerName = ""
  package private(set) var producerVersion = ""
  package private(set) var domain = ""
  package private(set) var modelVersion: Int64?
  /// By domain, `ai.onnx` for the standard's own; as they stand in the file.
  package private(set) var operatorSets: [(domain: String, version: Int64)] = []
  package private(set) var metadata: [(key: String, value: String)] = []
  package private(set) var graphName = ""
  /// Without those that only name an initial value, as files before IR version 4 do.
  package private(set) var inputs: [Port] = []
  package private(set) var outputs: [Port] = []
  /// At most ``Limits/onnxNames``.
  package private(set) var tensors: [Tensor] = []
  /// There are more tensors than are listed.
  package private(set) var isExcessive = false
  /// In all graphs and functions.
  package private(set) var nodes = 0
  private var initialisers: Set<String> = []

  /// - Throws: ``ProtoError``.
  package init(_ bytes: Bytes) throws(ProtoError) {
    var reader = ProtoReader(bytes)
    while let field = try reader.next() {
      switch field.number {
      case 1: irVersion = try reader.number(field)
      case 2: producerName = try reader.short(field)
      case 3: producerVersion = try reader.short(field)
      case 4: domain = try reader.short(field)
      case 5: modelVersion = Int64(bitPattern: try reader.number(field))
      case 7: try walk(graph: reader.message(field), isMain: true)
      case 8: operatorSets.append(try Self.operatorSet(reader.message(field)))
      case 14: metadata.append(try Self.entry(reader.message(field)))
      case 20: try walk(training: reader.message(field))
      case 25: try walk(function: reader.message(field))
      default: break
      }
    }
    inputs = inputs.filter { !initialisers.contains($0.name) }
  }

  private mutating func walk(graph message: ProtoReader, isMain: Bool = false) throws(ProtoError) {
    var reader = message
    while let field = try reader.next() {
      switch field.number {
      case 1: try walk(node: reader.message(field))
      case 2 where isMain: graphName = try reader.short(field)
      case 5:
        let tensor = try add(reader.message(field))
        if isMain, !tensor.isEmpty { initialisers.insert(tensor) }
      case 11 where isMain: inputs.append(try Self.port(reader.message(field)))
      case 12 where isMain: outputs.append(try Self.port(reader.message(field)))
      case 15: try walk(sparse: reader.message(field))
      default: break
      }
    }
  }

  private mutating func walk(node message: ProtoReader) throws(ProtoError) {
    nodes += 1
    var reader = message
    while let field = try reader.next() {
      if field.number == 5 { try walk(attribute: reader.message(field)) }
    }
  }

  private mutating func walk(attribute message: ProtoReader) throws(ProtoError) {
    var reader = message
    while let field = try reader.next() {
      switch field.number {
      case 5, 10: _ = try add(reader.message(field))
      case 6, 11: try walk(graph: reader.message(field))
      case 22, 23: try walk(sparse: reader.message(field))
      default: break
      }
    }
  }

  private mutating func walk(function message: ProtoReader) throws(ProtoError) {
    var reader = message
    while let field = try reader.next() {
      if field.number == 7 { try walk(node: reader.message(field)) }
      if field.number == 11 { try walk(attribute: reader.message(field)) }
    }
  }

  private mutating func walk(training message: ProtoReader) throws(ProtoError) {
    var reader = message
    while let field = try reader.next() {
      if field.number <= 2 { try walk(graph: reader.message(field)) }
    }
  }

  /// The values that are not zero, and not where they are.
  private mutating func walk(sparse message: ProtoReader) throws(ProtoError) {
    var reader = message
    while let field = try reader.next() {
      if field.number == 1 { _ = try add(reader.message(field)) }
    }
  }

  /// - Returns: its name.
  private mutating func add(_ message: ProtoReader) throws(ProtoError) -> String {
    let tensor = try ONNXTensor(message)
    if tensors.count < Limits.onnxNames {
      tensors.append(
        Tensor(
          type: tensor.type, dimensions: tensor.dimensions,
          isExternal: tensor.isExternal || !tensor.external.isEmpty))
    } else {
      isExcessive = true
    }
    return tensor.name
  }

  private static func operatorSet(
    _ message: ProtoReader
  ) throws(ProtoError) -> (domain: String, version: Int64) {
    var reader = message
    var set = (domain: "", version: Int64(0))
    while let field = try reader.next() {
      if field.number == 1 { set.domain = try reader.short(field) }
      if field.number == 2 { set.version = Int64(bitPattern: try reader.number(field)) }
    }
    if set.domain.isEmpty { set.domain = "ai.onnx" }
    return set
  }

  private static func entry(_ message: ProtoReader) throws(ProtoError) -> (key: String, value: String) {
    var reader = message
    var entry = (key: "", value: "")
    while let field = try reader.next() {
      if field.number == 1 { entry.key = try reader.short(field) }
      if field.number == 2 { entry.value = try reader.short(field) }
    }
    return entry
  }

  private static func port(_ message: ProtoReader) throws(ProtoError) -> Port {
    var reader = message
    var name = ""
    var type = ONNXValueType.unknown
    while let field = try reader.next() {
      if field.number == 1 { name = try reader.short(field) }
      if field.number == 2 { type = try ONNXValueType(reader.message(field)) }
    }
    return Port(name: name, type: type)
  }
}
