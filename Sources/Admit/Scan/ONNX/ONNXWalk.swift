// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import MartletONNXSchema
import SwiftProtobuf

/// Walks through a model, with all its graphs in graphs, functions and tensors. The parser refuses messages more
/// than 100 deep in each other, so that the walk needs no limit of its own.
struct ONNXWalk {
  private(set) var facts = ONNXFacts()
  private let folder: any DataFolder
  /// Functions of the model, as `domain::name`.
  private var functions: Set<String> = []

  static let standardDomains: Set<String> = [
    "", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview.training", "ai.onnx.preview",
  ]

  init(_ bytes: Bytes, folder: any DataFolder) {
    self.folder = folder
    do {
      walk(try ONNXModel(bytes).proto)
    } catch {
      facts.note(.broken, "\(error)")
    }
  }

  private mutating func walk(_ model: ONNXModelProto) {
    leftovers(model, "the model")
    for entry in model.metadataProps { leftovers(entry, "the model's metadata") }
    for set in model.opsetImport { leftovers(set, "an operator set") }
    for function in model.functions {
      let key = "\(function.domain)::\(function.name)"
      if !functions.insert("\(key)::\(function.overload)").inserted
        || Self.standardDomains.contains(function.domain)
      {
        facts.note(.shadowedOperator, "the function \(function.name) in domain '\(function.domain)'", key)
      }
      functions.insert(key)
    }
    for set in model.opsetImport where !isKnown(set.domain) {
      facts.note(.customDomain, "the operator set '\(set.domain)'", set.domain)
    }
    walk(model.graph)
    for training in model.trainingInfo {
      leftovers(training, "training information")
      if training.hasInitialization { walk(training.initialization) }
      if training.hasAlgorithm { walk(training.algorithm) }
    }
    for function in model.functions {
      leftovers(function, "the function \(function.name)")
      for node in function.node { walk(node) }
      for attribute in function.attributeProto { walk(attribute, of: function.name) }
      for value in function.valueInfo { leftovers(all: value, "the function \(function.name)") }
    }
    for device in model.configuration { leftovers(all: device, "the device configuration") }
  }

  /// A domain is known when the standard or a function of the model defines it.
  private func isKnown(_ domain: String) -> Bool {
    Self.standardDomains.contains(domain) || functions.contains { $0.hasPrefix("\(domain)::") }
  }

  private mutating func walk(_ graph: ONNXGraphProto) {
    leftovers(graph, "the graph \(graph.name)")
    for node in graph.node { walk(node) }
    for tensor in graph.initializer { walk(tensor) }
    for sparse in graph.sparseInitializer { walk(sparse) }
    for value in graph.input + graph.output + graph.valueInfo {
      leftovers(all: value, "the value \(value.name)")
    }
    for annotation in graph.quantizationAnnotation { leftovers(all: annotation, "a quantization annotation") }
    for entry in graph.metadataProps { leftovers(entry, "the metadata of graph \(graph.name)") }
  }

  private mutating func walk(_ node: ONNXNodeProto) {
    leftovers(node, "the node \(node.name)")
    let construct = "\(node.domain)::\(node.opType)"
    if node.domain == "ai.onnx.contrib" {
      facts.note(
        node.opType.hasPrefix("Py") ? .pythonOperator : .customDomain, "domain '\(node.domain)'", construct)
    } else if !Self.standardDomains.contains(node.domain), !functions.contains(construct) {
      facts.note(.customDomain, "domain '\(node.domain)'", construct)
    }
    for attribute in node.attribute { walk(attribute, of: node.name) }
    for entry in node.metadataProps { leftovers(entry, "the metadata of node \(node.name)") }
    for device in node.deviceConfigurations { leftovers(all: device, "the node \(node.name)") }
  }

  private mutating func walk(_ attribute: ONNXAttributeProto, of owner: String) {
    leftovers(attribute, "attribute \(attribute.name) of \(owner)")
    if attribute.hasT { walk(attribute.t) }
    for tensor in attribute.tensors { walk(tensor) }
    if attribute.hasSparseTensor { walk(attribute.sparseTensor) }
    for sparse in attribute.sparseTensors { walk(sparse) }
    if attribute.hasG { walk(attribute.g) }
    for graph in attribute.graphs { walk(graph) }
    if attribute.hasTp { leftovers(all: attribute.tp, "attribute \(attribute.name) of \(owner)") }
    for type in attribute.typeProtos { leftovers(all: type, "attribute \(attribute.name) of \(owner)") }
  }

  private mutating func walk(_ sparse: ONNXSparseTensorProto) {
    leftovers(sparse, "a sparse tensor")
    if sparse.hasValues { walk(sparse.values) }
    if sparse.hasIndices { walk(sparse.indices) }
  }

  private mutating func walk(_ tensor: ONNXTensorProto) {
    leftovers(tensor, "the tensor \(tensor.name)")
    if tensor.hasSegment { leftovers(tensor.segment, "the tensor \(tensor.name)") }
    for entry in tensor.externalData { leftovers(entry, "the tensor \(tensor.name)") }
    for entry in tensor.metadataProps { leftovers(entry, "the metadata of tensor \(tensor.name)") }
    guard let size = ONNXTensorSize(tensor) else {
      let dimensions = tensor.dims.map(String.init).joined(separator: "x")
      return facts.note(
        .tensorSize, "the dimensions \(dimensions) of type \(tensor.dataType) make no size", tensor.name)
    }
    if tensor.dataLocation == .external || !tensor.externalData.isEmpty {
      external(tensor, size)
    } else if let problem = size.contradiction(tensor) {
      facts.note(.tensorSize, problem, tensor.name)
    }
  }

  private mutating func external(_ tensor: ONNXTensorProto, _ size: ONNXTensorSize) {
    func value(_ key: String) -> String? { tensor.externalData.last { $0.key == key }?.value }
    let path = value("location") ?? ""
    if let reason = MemberName.escapes(path) { return facts.note(.externalEscape, reason, path) }
    func unavailable(_ reason: String) {
      facts.note(.externalUnavailable, reason, "\(tensor.name) in \(path)")
    }
    guard !path.isEmpty, Set(tensor.externalData.map(\.key)).count == tensor.externalData.count else {
      return unavailable("expected one location, found none or several")
    }
    guard let offset = Int(value("offset") ?? "0"), offset >= 0,
      let length = Int(value("length") ?? "\(size.bytes)"), length == size.bytes
    else { return unavailable("expected \(size.bytes) bytes at an offset, found other numbers") }
    switch folder.dataFile(path) {
    case .escapes: facts.note(.externalEscape, "follows a link out of the folder", path)
    case .missing: unavailable("the data file is not there")
    case .inside(let available):
      guard offset <= available, length <= available - offset else {
        return unavailable("the data file has \(available) bytes, which is too short")
      }
      facts.dataFiles.insert(path)
      facts.note(.externalData, "tensors lie in another file of the folder", path)
    }
  }

  private mutating func leftovers(_ message: some Message, _ place: @autoclosure () -> String) {
    if !message.unknownFields.data.isEmpty { facts.note(.unknownFields, place()) }
  }

  /// For small messages with messages inside: what is lost without the unknown fields.
  private mutating func leftovers<Part: Message>(all message: Part, _ place: @autoclosure () -> String) {
    var options = BinaryDecodingOptions()
    options.discardUnknownFields = true
    guard let whole: [UInt8] = try? message.serializedBytes(), !whole.isEmpty,
      let known = try? Part(serializedBytes: whole, options: options),
      let kept: [UInt8] = try? known.serializedBytes(), kept.count == whole.count
    else {
      if (try? message.serializedBytes() as [UInt8])?.isEmpty != true { facts.note(.unknownFields, place()) }
      return
    }
  }
}
