// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Walks through a model as its bytes lie there, with all its graphs in graphs, functions and tensors. The numbers of
/// tensors are stepped over, so that a model of many gigabytes costs the pages its nodes lie on.
struct ONNXWalk {
  var notes = Notes()
  /// Files in the folder that tensors of this model lie in.
  var dataFiles: Set<String> = []
  /// Operators from outside of the standard that are known to be harmless.
  var covered: Set<String> = []
  /// Strings that begin like some format, and the texts of the model's metadata.
  var embedded: [(name: String, bytes: Bytes, isText: Bool)] = []

  let folder: any DataFolder
  /// The functions of the model: how many nodes each has, and what it calls how often.
  var functions: [String: ONNXFunction] = [:]
  /// The function whose nodes are being walked through.
  var current: String?
  /// The names of values in the graphs around, innermost last.
  var scopes: [ONNXScope] = []
  var openNames = 0

  /// For a part of a model.
  init(folder: any DataFolder) { self.folder = folder }

  init(_ bytes: Bytes, folder: any DataFolder) {
    self.folder = folder
    do throws(ProtoError) {
      try walk(model: ProtoReader(bytes))
    } catch {
      notes.add("onnx.broken", "expected an ONNX model, found one that cannot be read: \(error)")
    }
  }

  private mutating func walk(model: ProtoReader) throws(ProtoError) {
    try check(model, .model, "the model")
    try declareFunctions(model)
    var reader = model
    var hasGraph = false
    var hasOperators = false
    while let field = try reader.next() {
      switch field.number {
      case 7:
        hasGraph = true
        try walk(graph: reader.message(field))
      case 8:
        hasOperators = true
        try check(reader.message(field), .operatorSet, "an operator set", deep: true)
      case 14: try metadata(reader.message(field))
      case 20:
        let training = try reader.message(field)
        try check(training, .training, "training information")
        var parts = training
        while let part = try parts.next() {
          if part.number <= 2 { try walk(graph: parts.message(part)) }
          if part.number > 2, part.wire == .bytes {
            try check(parts.message(part), .entry, "training information")
          }
        }
      case 25: try walk(function: reader.message(field))
      case 26: try check(reader.message(field), .device, "the device configuration", deep: true)
      default: break
      }
    }
    if !hasGraph { notes.add("onnx.broken", "expected an ONNX model, found one without a graph") }
    if !hasOperators { notes.add("onnx.broken", "expected an ONNX model, found one without an operator set") }
    judgeExpansion()
  }

  mutating func walk(graph: ProtoReader) throws(ProtoError) {
    try check(graph, .graph, "a graph")
    try open(graph)
    defer { close() }
    var reader = graph
    while let field = try reader.next() {
      switch field.number {
      case 1: try walk(node: reader.message(field))
      case 5: try walk(tensor: reader.message(field))
      case 11, 12, 13: try check(reader.message(field), .value, "a value", deep: true)
      case 14: try check(reader.message(field), .annotation, "a quantization annotation", deep: true)
      case 15: try walk(sparse: reader.message(field))
      case 16: try check(reader.message(field), .entry, "the metadata of a graph")
      default: break
      }
    }
  }

  mutating func walk(node message: ProtoReader) throws(ProtoError) {
    let node = try ONNXNode(message)
    try check(message, .node, "the node \(node.name)")
    try judge(node, message)
    try judgeSize(of: node, message)
    if let current {
      let isFunction = functions[node.function] != nil
      functions[current]?.add(node.function, isFunction: isFunction)
    }
    var reader = message
    while let field = try reader.next() {
      switch field.number {
      case 5: try walk(attribute: reader.message(field), of: node.name)
      case 9: try check(reader.message(field), .entry, "the metadata of node \(node.name)")
      case 10: try check(reader.message(field), .nodeDevice, "the node \(node.name)", deep: true)
      default: break
      }
    }
  }

  mutating func walk(attribute: ProtoReader, of owner: String) throws(ProtoError) {
    try check(attribute, .attribute, "an attribute of \(owner)")
    var reader = attribute
    while let field = try reader.next() {
      switch field.number {
      case 4, 9: look(into: try reader.contents(field), "attribute of \(owner)")
      case 5, 10: try walk(tensor: reader.message(field))
      case 6, 11: try walk(graph: reader.message(field))
      case 14, 15: try check(reader.message(field), .type, "an attribute of \(owner)", deep: true)
      case 22, 23: try walk(sparse: reader.message(field))
      default: break
      }
    }
  }

  mutating func walk(sparse: ProtoReader) throws(ProtoError) {
    try check(sparse, .sparse, "a sparse tensor")
    var reader = sparse
    while let field = try reader.next() {
      if field.number <= 2 { try walk(tensor: reader.message(field)) }
    }
  }

  private mutating func metadata(_ entry: ProtoReader) throws(ProtoError) {
    try check(entry, .entry, "the model's metadata")
    var reader = entry
    var key = ""
    while let field = try reader.next() {
      if field.number == 1 { key = String(try reader.short(field).prefix(64)) }
      guard field.number == 2 else { continue }
      let value = try reader.contents(field)
      if let sign = ONNXMetadata.code(in: value) {
        notes.add(
          "onnx.metadata",
          "expected a plain value of '\(key)', found \(sign), which programs that evaluate it run",
          construct: sign)
      }
      guard !value.isEmpty else { continue }
      if value.count > Limits.metadataText {
        notes.add(
          "onnx.broken",
          "expected at most \(Limits.metadataText) bytes of '\(key)', found \(value.count), which is more than is looked at"
        )
      }
      guard embedded.count < Limits.onnxStrings else {
        notes.add(
          "onnx.broken", "expected at most \(Limits.onnxStrings) texts in the metadata, found more")
        continue
      }
      embedded.append(("metadata \(key)", value, true))
    }
  }

  /// Keeps a string that some loader would take for a file.
  mutating func look(into value: Bytes, _ place: @autoclosure () -> String) {
    guard value.count >= 12, ScannedFormats.formats.contains(where: { $0.fits(value) }) else { return }
    guard embedded.count < Limits.onnxStrings else {
      return notes.add(
        "onnx.broken", "expected at most \(Limits.onnxStrings) strings that look like files, found more")
    }
    embedded.append(("\(place()) \(embedded.count)", value, false))
  }

  /// Finds fields that the standard does not have, or has once and the message twice.
  /// - Parameter deep: also in the messages inside, when nothing else walks through them.
  mutating func check(
    _ message: ProtoReader, _ kind: ONNXMessage, _ place: @autoclosure () -> String, deep: Bool = false
  ) throws(ProtoError) {
    let fields = kind.fields
    var reader = message
    var seen: UInt64 = 0
    while let field = try reader.next() {
      guard let known = fields[field.number] else {
        notes.add(
          "onnx.fields",
          "expected the fields of the ONNX standard only, found field \(field.number) in \(place())")
        continue
      }
      guard known.fits(field.wire) else { throw .unexpectedWire(field: field.number, offset: field.offset) }
      if !known.isRepeated {
        let bit = UInt64(1) << UInt64(field.number)
        if seen & bit != 0 {
          notes.add("onnx.fields", "expected field \(field.number) of \(place()) once, found it twice")
        }
        seen |= bit
      }
      if deep, case .message(let inner) = known.kind {
        try check(reader.message(field), inner, place(), deep: true)
      }
    }
  }
}
