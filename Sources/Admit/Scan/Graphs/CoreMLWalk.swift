// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Walks through a Core ML model (`Model.proto`, `NeuralNetwork.proto` and `MIL.proto` of coremltools 9).
struct CoreMLWalk {
  var notes = Notes()
  var dataFiles: Set<String> = []
  let folder: any DataFolder

  /// Kinds that are nothing but numbers: linear models, vectors, trees, neighbours, encoders.
  private static let plain: Set<Int> = [
    300, 301, 302, 304, 400, 401, 402, 404, 501, 560, 600, 601, 602, 603, 604, 606, 607, 609, 610, 900, 2002,
    2003, 2006,
  ]

  mutating func walk(model: ProtoReader) throws(ProtoError) {
    var reader = model
    while let field = try reader.next() {
      switch field.number {
      case 1, 10: _ = try reader.number(field)
      case 2: _ = try reader.contents(field)
      case 200, 201:
        var pipeline = try reader.message(field)
        while let part = try pipeline.next() {
          if part.number == 1 { try walk(pipeline: pipeline.message(part)) }
        }
      case 202: try walk(pipeline: reader.message(field))
      case 303, 403, 500: try walk(network: reader.message(field))
      case 502: try walk(program: reader.message(field))
      case 555: try custom(reader.message(field), "a model")
      case 556: try link(reader.message(field))
      case let kind where Self.plain.contains(kind): _ = try reader.contents(field)
      default:
        notes.add(
          "graph.operator", "expected a kind of model that is numbers only, found kind \(field.number)",
          construct: "kind \(field.number)", at: field.offset, allow: "coreml:kind-\(field.number)")
      }
    }
  }

  private mutating func walk(pipeline: ProtoReader) throws(ProtoError) {
    var reader = pipeline
    while let field = try reader.next() { if field.number == 1 { try walk(model: reader.message(field)) } }
  }

  private mutating func walk(network: ProtoReader) throws(ProtoError) {
    var reader = network
    while let field = try reader.next() {
      switch field.number {
      case 1: try walk(layer: reader.message(field))
      case 2, 5, 6, 10, 100, 101, 200: break
      default:
        notes.add(
          "graph.operator", "expected the fields of a network, found \(field.number)", at: field.offset)
      }
    }
  }

  private mutating func walk(layer: ProtoReader) throws(ProtoError) {
    var reader = layer
    while let field = try reader.next() {
      switch field.number {
      case 1...5, 10: break
      case 500: try custom(reader.message(field), "a layer")
      case 605, 615:
        // A branch has two networks, a loop has one for its condition and one for its body.
        let networks: Set<Int> = field.number == 605 ? [1, 2] : [3, 4]
        let numbers: Set<Int> = field.number == 605 ? [] : [1, 2]
        var parts = try reader.message(field)
        while let part = try parts.next() {
          if networks.contains(part.number) {
            try walk(network: parts.message(part))
          } else if !numbers.contains(part.number) {
            notes.add(
              "graph.operator", "expected the networks of a loop or branch, found field \(part.number)",
              construct: "layer \(field.number) field \(part.number)", at: field.offset)
          }
        }
      case 100...1471: break
      default:
        notes.add(
          "graph.operator", "expected a layer of Core ML, found kind \(field.number)",
          construct: "layer \(field.number)",
          at: field.offset, allow: "coreml:layer-\(field.number)")
      }
    }
  }

  private mutating func custom(_ message: ProtoReader, _ what: String) throws(ProtoError) {
    var reader = message
    var name = ""
    while let field = try reader.next() { if field.number == 10 { name = try reader.short(field) } }
    notes.add(
      "graph.operator",
      "expected \(what) of Core ML, found one of the class '\(name)', whose code is somewhere else",
      construct: name, allow: "coreml:\(name)")
  }

  private mutating func link(_ message: ProtoReader) throws(ProtoError) {
    let text = String(
      decoding: message.bytes.slice(0..<min(message.bytes.count, 1024)).array(), as: UTF8.self)
    if text.contains("..") || text.contains("/") {
      notes.add(
        "graph.escape", "expected a model in this file, found a path to another one", construct: "linkedModel"
      )
    } else {
      notes.add(
        "graph.operator", "expected a model in this file, found a link to another one",
        construct: "linkedModel")
    }
  }

  private mutating func walk(program: ProtoReader) throws(ProtoError) {
    var reader = program
    while let field = try reader.next() {
      if field.number == 4 { try attributes(reader.message(field)) }
      guard field.number == 2 else { continue }
      try eachValue(reader.message(field)) { (walk, function) throws(ProtoError) in
        var parts = function
        while let part = try parts.next() {
          if part.number == 4 { try walk.attributes(parts.message(part)) }
          guard part.number == 3 else { continue }
          try walk.eachValue(parts.message(part)) { (walk, block) throws(ProtoError) in
            try walk.walk(block: block)
          }
        }
      }
    }
  }

  private mutating func eachValue(
    _ entry: ProtoReader, _ body: (inout CoreMLWalk, ProtoReader) throws(ProtoError) -> Void
  ) throws(ProtoError) {
    var reader = entry
    while let field = try reader.next() { if field.number == 2 { try body(&self, reader.message(field)) } }
  }

  private mutating func walk(block: ProtoReader) throws(ProtoError) {
    var reader = block
    while let field = try reader.next() {
      if field.number == 4 { try attributes(reader.message(field)) }
      guard field.number == 3 else { continue }
      var operation = try reader.message(field)
      while let part = try operation.next() {
        switch part.number {
        case 1:
          let type = try operation.short(part)
          if !GraphOperators.coreML.contains(type) {
            notes.add(
              "graph.operator", "expected an operator of Core ML, found \(type)", construct: type,
              allow: "coreml:\(type)")
          }
        case 2: try bindings(operation.message(part))
        case 5: try attributes(operation.message(part))
        case 4: try walk(block: operation.message(part))
        default: break
        }
      }
    }
  }

  /// Finds the files that values lie in, in the bindings of an operation.
  private mutating func bindings(_ message: ProtoReader) throws(ProtoError) {
    try eachValue(message) { (walk, argument) throws(ProtoError) in
      var parts = argument
      while let part = try parts.next() {
        guard part.number == 1 else { continue }
        var binding = try parts.message(part)
        while let inner = try binding.next() {
          if inner.number == 2 { try walk.value(binding.message(inner)) }
        }
      }
    }
  }

  /// The same in a map of names to values.
  private mutating func attributes(_ message: ProtoReader) throws(ProtoError) {
    try eachValue(message) { (walk, value) throws(ProtoError) in try walk.value(value) }
  }

  /// A value at hand, which can be a list, tuple or dictionary of others, or one in a file.
  private mutating func value(_ message: ProtoReader) throws(ProtoError) {
    var reader = message
    while let field = try reader.next() {
      switch field.number {
      case 3:
        var parts = try reader.message(field)
        while let part = try parts.next() {
          if part.number == 2 || part.number == 3 { try values(of: parts.message(part)) }
          guard part.number == 4 else { continue }
          var pairs = try parts.message(part)
          while let pair = try pairs.next() { if pair.number == 1 { try both(of: pairs.message(pair)) } }
        }
      case 5:
        var file = try reader.message(field)
        while let part = try file.next() { if part.number == 1 { judge(try file.short(part)) } }
      default: break
      }
    }
  }

  private mutating func values(of list: ProtoReader) throws(ProtoError) {
    var reader = list
    while let field = try reader.next() { if field.number == 1 { try value(reader.message(field)) } }
  }

  private mutating func both(of pair: ProtoReader) throws(ProtoError) {
    var reader = pair
    while let field = try reader.next() { if field.number <= 2 { try value(reader.message(field)) } }
  }

  private mutating func judge(_ path: String) {
    let root = "@model_path/"
    guard path.hasPrefix(root) else {
      return notes.add(
        "graph.escape", "expected numbers beside the model, found them somewhere else", construct: path)
    }
    let relative = String(path.dropFirst(root.count))
    if let reason = MemberName.escapes(relative) {
      return notes.add(
        "graph.escape", "expected a path inside of the folder, found one that \(reason)", construct: path)
    }
    switch folder.dataFile(relative) {
    case .escapes:
      notes.add("graph.escape", "expected numbers in the folder, found a link out of it", construct: path)
    case .missing:
      notes.add("graph.missing", "expected numbers in \(relative), found no such file", construct: path)
    case .inside, .shared: dataFiles.insert(relative)
    }
  }
}
